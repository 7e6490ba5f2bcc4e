"""Shortlists of suppliers and buyers, and one pair explained: each query returns a document of the contract."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matcher.learn.weighing import Weighing
from matcher.match.pairs import Party, firm_party
from matcher.match.scorer import default_weights
from matcher.match.shortlist import Filters, rank_buyers, rank_suppliers
from matcher.match.whatif import ALL_NEEDS, Changes
from matcher.pipeline.described import Described, described_party, need_recipe, offering_party, understood
from matcher.pipeline.mutual import ranks_of_pair, with_other_side
from matcher.pipeline.places import region_row
from matcher.pipeline.stated import stated_needs
from matcher.pipeline.workspace import Workspace
from matcher.report.affiliates import affiliation
from matcher.report.flags import flagged
from matcher.report.frame import Document, Part
from matcher.report.paging import Key
from matcher.report.ranking.layout import Layout, laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.ordering import USUAL_ORDER, part_of_listing
from matcher.report.ranking.shortlists import pair_item, shortlist
from matcher.report.ranking.told import told_of
from matcher.report.ranking.whatif import changes_item, gone, with_moves
from models.errors import DataError, UsageError
from models.text import T

#: A question as it stands.
NO_CHANGES = Changes()


@dataclass(frozen=True, slots=True)
class Options:
    """Options shared by shortlists; moves of a changed question are places of one list, whatever the layout."""

    top: int = 20
    region: str | None = None
    sme: bool = False
    new_only: bool = False
    makers_only: bool = False
    need: str | None = None
    changes: Changes = NO_CHANGES
    mutual: bool = False
    certified_months: int | None = None
    order: str = USUAL_ORDER
    after: Key | None = None
    need_okved: tuple[str, ...] = ()
    layout: Layout = "whole"

    @property
    def one_need(self) -> bool:
        """Whether one need is asked about, in words or as activities, and not all that a buyer needs."""
        return bool(self.need or self.need_okved)

    @property
    def laid_out(self) -> Layout:
        """How the answer is laid out; moves are told of one list."""
        return "flat" if self.changes and self.layout != "whole" else self.layout

    @property
    def inputs_told(self) -> bool:
        """Whether candidates of a buyer are told by input."""
        return not self.one_need and self.after is None and self.laid_out != "flat"

    def unchanged(self) -> Options:
        """Return the same question at present weights and prices, without a radius, with the need that was before."""
        before = self.changes.instead_of
        if before is None:
            return replace(self, changes=NO_CHANGES)
        return replace(self, changes=NO_CHANGES, need=None if before == ALL_NEEDS else before, need_okved=())


def suppliers(workspace: Workspace, inn: str, options: Options) -> Document:
    """Return the supplier shortlist of a buyer; with a need, of what its words or activities ask for."""
    return suppliers_part(workspace, inn, options)[0]


def suppliers_part(workspace: Workspace, inn: str, options: Options) -> Part:
    """Return a part of the supplier shortlist of a buyer."""
    if options.changes.instead_of and not options.one_need:
        raise UsageError(T("there is no need to put in the place of another"), T("say what is needed: --need TEXT"))
    firm = workspace.firm(inn)
    known = firm_party(workspace.columns, firm)
    weighing = workspace.weighing(known)
    stated = stated_needs(workspace, known) if options.inputs_told else ()

    def rank(asked: Options) -> Listing:
        buyer = known
        if asked.need:
            buyer = replace(known, need=workspace.classifier.asked_for([asked.need]), asked=True)
        economy = asked.changes.economy(workspace.economy)
        wanted = economy.spending(buyer.shares)
        recipe = need_recipe(workspace, economy, asked.need, wanted, asked.need_okved) if asked.one_need else wanted
        weights = asked.changes.applied(weighing.weights or default_weights())
        filters, decisions = _filters(workspace, asked), workspace.decisions
        ranking = rank_suppliers(workspace.columns, economy, buyer, filters, decisions, recipe, weights)
        weighed = changed(weighing, asked.changes)
        return Listing(ranking, buyer, "supplier", recipe, weighed, need=asked.one_need, stated=stated)

    query = {"inn": workspace.columns.inn_of(firm), "region": options.region, "need": options.need}
    return _answer(workspace, rank, query, options)


def _answer(workspace: Workspace, rank: Callable[[Options], Listing], query: Document, options: Options) -> Part:
    """Return a part of a shortlist; when something is changed, with the moves against the present one."""
    top = options.top
    listing, following = part_of_listing(rank(options), workspace.columns, options.order, options.after, top)
    before = rank(options.unchanged()).ranking if options.changes else None
    left = [] if before is None else gone(before, listing.ranking, top).tolist()
    economy = options.changes.economy(workspace.economy)
    laid = laid_out(listing, economy, top, options.laid_out)
    frame = replace(workspace.frame([*laid.named(listing), *left]), economy=economy)
    named = {} if listing.party.firm is None else {"name": frame.name(listing.party.firm)}
    query = {**query, **named, "top": top, "changes": changes_item(options.changes)}
    document = shortlist(frame, listing, laid, query, workspace.decided)
    if before is not None:
        document = with_moves(frame, before, listing, document, top)
    if options.mutual and listing.party.firm is not None:
        document = with_other_side(workspace, document, listing.side, listing.party.firm)
    return document, following


def buyers(workspace: Workspace, inn: str, options: Options) -> Document:
    """Return the buyer shortlist of a firm of the register."""
    return buyers_part(workspace, inn, options)[0]


def buyers_part(workspace: Workspace, inn: str, options: Options) -> Part:
    """Return a part of the buyer shortlist of a firm of the register."""
    firm = workspace.firm(inn)
    party = firm_party(workspace.columns, firm)
    return _buyers(workspace, party, {"inn": workspace.columns.inn_of(firm)}, options)


def buyers_for(workspace: Workspace, who: Described, options: Options) -> Document:
    """Return the buyer shortlist of a described supplier: its own words, or activity codes."""
    return buyers_for_part(workspace, who, options)[0]


def buyers_for_part(workspace: Workspace, who: Described, options: Options) -> Part:
    """Return a part of the buyer shortlist of a described supplier."""
    party = described_party(workspace, who)
    return _buyers(workspace, party, understood(workspace, who, party), options)


def buyers_of_offer(workspace: Workspace, inn: str, what: Described, options: Options) -> Document:
    """Return the buyer shortlist of one thing that a firm of the register offers, in words, as activities, or both."""
    firm = workspace.firm(inn)
    party = offering_party(workspace, firm, what)
    said = understood(workspace, replace(what, revenue_rub=party.output_rub), party)
    return _buyers(workspace, party, {**said, "inn": workspace.columns.inn_of(firm)}, options)[0]


def _buyers(workspace: Workspace, party: Party, query: Document, options: Options) -> Part:
    if options.changes.radius_km is not None and party.place < 0:
        raise UsageError(T("a radius needs a centre"), T("say where the supplier is: --home 26 or --city"))
    weighing = workspace.weighing(party)

    def rank(asked: Options) -> Listing:
        economy = asked.changes.economy(workspace.economy)
        weights = asked.changes.applied(weighing.weights or default_weights())
        filters, decisions = _filters(workspace, asked), workspace.decisions
        ranking = rank_buyers(workspace.columns, economy, party, filters, decisions, weights)
        return Listing(ranking, party, "buyer", weighing=changed(weighing, asked.changes))

    return _answer(workspace, rank, {**query, "region": options.region or query.get("region")}, options)


def changed(weighing: Weighing, changes: Changes) -> Weighing:
    """Return where weights come from after changes; probabilities calibrated on other scores no longer hold."""
    return replace(weighing, calibration=None) if changes.scores else weighing


def explain(workspace: Workspace, supplier_inn: str, buyer_inn: str) -> Document:
    """Return one pair's score, part by part, with both firms and the evidence on record."""
    supplier, buyer = workspace.firm(supplier_inn), workspace.firm(buyer_inn)
    if supplier == buyer:
        raise UsageError(T("supplier and buyer are the same firm"), T("give two different INNs"))
    columns, economy = workspace.columns, workspace.economy
    party = firm_party(columns, buyer)
    weighing = workspace.weighing(party)
    alone = np.array([supplier])
    ranking = rank_suppliers(
        columns, economy, party, Filters(), workspace.decisions, weights=weighing.weights, among=alone
    )
    frame = workspace.frame([supplier, buyer])
    if not len(ranking.firms):
        raise DataError(
            T(
                "{supplier} makes nothing that {buyer} is known to need",
                supplier=frame.name(supplier),
                buyer=frame.name(buyer),
            ),
            T("see what the buyer needs: zveno suppliers {inn}", inn=columns.inn_of(buyer)),
        )
    listing = Listing(ranking, party, "supplier", weighing=weighing)
    item = pair_item(frame, listing, told_of(frame, listing, [0]), 0, workspace.decided)
    tie = columns.ties(buyer).get(supplier)
    return {
        **item,
        "weights": weighing.document(),
        "supplier": flagged(frame, supplier),
        "buyer": flagged(frame, buyer),
        "affiliation": None if tie is None else affiliation(frame, tie),
        "ranks": ranks_of_pair(workspace, ranking, supplier, buyer),
        "evidence": evidence(workspace, columns.inn_of(supplier), columns.inn_of(buyer)),
    }


def evidence(workspace: Workspace, supplier_inn: str, buyer_inn: str) -> list[Document]:
    """Return what is on record about a pair: observed sales, and the sources that say who both firms are."""
    found: list[Document] = [
        {
            "kind": "link",
            "source": link.source,
            "date": link.date.isoformat() if link.date else None,
            "detail": {"okpd2": link.okpd2, "amount_rub": link.amount_rub, "text": link.text},
        }
        for link in workspace.store.links_of(supplier_inn)
        if link.supplier_inn == supplier_inn and link.buyer_inn == buyer_inn
    ]
    for inn, company in workspace.companies([supplier_inn, buyer_inn]).items():
        for field in ("okved_main", "okved1_main", "revenue_rub", "offers", "needs"):
            if field in company.provenance:
                run, source = company.provenance[field]
                found.append(
                    {
                        "kind": "statement",
                        "source": source,
                        "date": str(company.revenue_year) if field == "revenue_rub" else None,
                        "detail": {"inn": inn, "field": field, "value": getattr(company, field), "run": run},
                    }
                )
    return found


def _filters(workspace: Workspace, options: Options) -> Filters:
    row = region_row(workspace, options.region)
    until = None if options.certified_months is None else months_on(date.today(), options.certified_months).toordinal()
    return Filters(row, options.sme, options.makers_only, options.new_only, options.changes.radius_km, until)


def months_on(day: date, months: int) -> date:
    """Return the day so many months later, the last of its month where that is shorter.

    >>> months_on(date(2026, 11, 30), 3).isoformat()
    '2027-02-28'
    """
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
