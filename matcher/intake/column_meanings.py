"""What each canonical column holds, in words for people: a column of ``headers.yml`` each."""

from __future__ import annotations

from collections.abc import Mapping

from models.text import T, Text

MEANINGS: Mapping[str, Text] = {
    "inn": T("INN of the company"),
    "ogrn": T("OGRN of the company"),
    "name": T("name of the company"),
    "okved_main": T("code of the main activity (OKVED-2)"),
    "okved1_main": T("code of the main activity in the old edition (OKVED-1)"),
    "okved_version": T("edition of the activity codes"),
    "okved_extra": T("further activity codes"),
    "products_okpd2": T("codes of products (OKPD-2)"),
    "offers": T("what the company makes or sells, in words"),
    "needs": T("what the company buys, in words"),
    "region_code": T("region: code or name"),
    "city": T("town"),
    "address": T("address"),
    "lat": T("latitude, degrees"),
    "lon": T("longitude, degrees"),
    "revenue_rub": T("revenue of a year"),
    "assets_rub": T("assets at the end of a year"),
    "fixed_assets_rub": T("fixed assets at the end of a year"),
    "paid_to_suppliers_rub": T("paid to suppliers in a year"),
    "expenses_rub": T("expenses of a year"),
    "profit_rub": T("net profit of a year"),
    "taxes_paid_rub": T("taxes paid in a year"),
    "arrears_rub": T("tax arrears"),
    "state_support_rub": T("state support of a year"),
    "equipment": T("equipment the company shares"),
    "waste": T("waste and by-products"),
    "vacancies": T("open vacancies"),
    "capacity": T("free capacity for contract manufacturing"),
    "founders": T("INNs of founding companies"),
    "licences": T("licences"),
    "tax_regimes": T("tax regimes"),
    "workers": T("average headcount of a year"),
    "year": T("year of the figures in the row"),
    "status": T("status: active, liquidated and so on"),
    "founded": T("date of registration"),
    "website": T("website"),
    "category": T("size: micro, small, medium, large"),
    "supplier_inn": T("INN of the seller (table of sales)"),
    "supplier_name": T("name of the seller, where its INN is missing (table of sales)"),
    "buyer_inn": T("INN of the buyer (table of sales)"),
    "buyer_name": T("name of the buyer, where its INN is missing (table of sales)"),
    "amount_rub": T("amount of the sale (table of sales)"),
    "date": T("date of the contract (table of sales)"),
    "source": T("who says so, for example the number of the contract"),
}
