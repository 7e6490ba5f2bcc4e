"""One method for each operation of the API; written by tools/client_writer.py, not by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from client import shapes
from client.transport import File, Transport, lines_of


class Operations(Transport):
    """The operations of the API, by the names of its description."""

    def webhooks(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.WebhookList:
        """Webhooks of the account."""
        found: shapes.WebhookList = self._read("/webhooks", {"lang": lang})
        return found

    def add_webhook(
        self, said: shapes.WebhookBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.WebhookMade:
        """Make a webhook."""
        found: shapes.WebhookMade = self._write("POST", "/webhooks", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def webhook(self, webhook_id: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.Webhook:
        """One webhook."""
        found: shapes.Webhook = self._read(f"/webhooks/{webhook_id}", {"lang": lang})
        return found

    def remove_webhook(self, webhook_id: int, *, lang: Literal["ru", "en"] | None = None) -> None:
        """Remove a webhook."""
        self._write("DELETE", f"/webhooks/{webhook_id}", {"lang": lang})

    def try_webhook(
        self,
        webhook_id: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Delivery:
        """Try a webhook out."""
        found: shapes.Delivery = self._write(
            "POST", f"/webhooks/{webhook_id}/try", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def deliveries(
        self,
        webhook_id: int,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
    ) -> shapes.DeliveryPage:
        """What a webhook was told, the latest first."""
        found: shapes.DeliveryPage = self._read(
            f"/webhooks/{webhook_id}/deliveries", {"lang": lang, "cursor": cursor, "top": top}
        )
        return found

    def send_again(
        self,
        webhook_id: int,
        delivery_id: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Webhook:
        """Send a delivery again."""
        found: shapes.Webhook = self._write(
            "POST",
            f"/webhooks/{webhook_id}/deliveries/{delivery_id}/again",
            {"lang": lang},
            body=said,
            key=idempotency_key,
        )
        return found

    def me(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.Me:
        """Who asks, and what its token may do."""
        found: shapes.Me = self._read("/me", {"lang": lang})
        return found

    def accounts(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.AccountPage:
        """Accounts by login."""
        found: shapes.AccountPage = self._read("/accounts", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def add_account(
        self, said: shapes.AccountBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.AccountMade:
        """Make an account."""
        found: shapes.AccountMade = self._write("POST", "/accounts", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def account(self, login: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Account:
        """One account."""
        found: shapes.Account = self._read(f"/accounts/{login}", {"lang": lang})
        return found

    def change_account(
        self, login: str, said: shapes.AccountChange, *, lang: Literal["ru", "en"] | None = None
    ) -> shapes.Account:
        """Change the role of an account, close or open it."""
        found: shapes.Account = self._write("PATCH", f"/accounts/{login}", {"lang": lang}, body=said)
        return found

    def set_password(
        self,
        login: str,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.AccountMade:
        """Give an account a new password."""
        found: shapes.AccountMade = self._write(
            "POST", f"/accounts/{login}/password", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def tokens(self, login: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Tokens:
        """Tokens of an account."""
        found: shapes.Tokens = self._read(f"/accounts/{login}/tokens", {"lang": lang})
        return found

    def add_token(
        self,
        login: str,
        said: shapes.TokenBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.TokenMade:
        """Make a token of an account."""
        found: shapes.TokenMade = self._write(
            "POST", f"/accounts/{login}/tokens", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def revoke_token(self, login: str, token_id: int, *, lang: Literal["ru", "en"] | None = None) -> None:
        """Revoke a token of an account."""
        self._write("DELETE", f"/accounts/{login}/tokens/{token_id}", {"lang": lang})

    def own_tokens(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.Tokens:
        """Tokens of one’s own account."""
        found: shapes.Tokens = self._read("/tokens", {"lang": lang})
        return found

    def add_own_token(
        self, said: shapes.TokenBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.TokenMade:
        """Make a token of one’s own account."""
        found: shapes.TokenMade = self._write("POST", "/tokens", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def revoke_own_token(self, token_id: int, *, lang: Literal["ru", "en"] | None = None) -> None:
        """Revoke a token of one’s own account."""
        self._write("DELETE", f"/tokens/{token_id}", {"lang": lang})

    def audit(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        kind: Literal[
            "import",
            "undo",
            "decision",
            "project",
            "introduction",
            "request",
            "offer",
            "name",
            "weights",
            "account",
            "board",
            "remark",
        ]
        | None = None,
        by: str | None = None,
    ) -> shapes.Audit:
        """What people did, the latest first."""
        found: shapes.Audit = self._read("/audit", {"lang": lang, "cursor": cursor, "top": top, "kind": kind, "by": by})
        return found

    def board(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"] | None = None,
        side: Literal["offer", "request"] | None = None,
        region: str | None = None,
        source: Literal["board", "card"] | None = None,
        okved: str | None = None,
        text: str | None = None,
        sort: Literal["best", "new", "ending", "firm"] | None = None,
    ) -> shapes.Board:
        """The board of offers and requests."""
        found: shapes.Board = self._read(
            "/board",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "kind": kind,
                "side": side,
                "region": region,
                "source": source,
                "okved": okved,
                "text": text,
                "sort": sort,
            },
        )
        return found

    def post_entry(
        self, said: shapes.EntryBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.Entry:
        """Put an entry on the board."""
        found: shapes.Entry = self._write("POST", "/board", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def own_entries(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        state: Literal["open", "expired", "withdrawn"] | None = None,
    ) -> shapes.OwnEntries:
        """Entries one may change, those that end first first."""
        found: shapes.OwnEntries = self._read(
            "/board/mine", {"lang": lang, "cursor": cursor, "top": top, "state": state}
        )
        return found

    def entries_calendar(self, *, lang: Literal["ru", "en"] | None = None) -> bytes:
        """Last days of one's entries as a calendar."""
        return self._file("GET", "/board/calendar", {"lang": lang})

    def board_entry(self, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.NoticeSeen:
        """An entry of the board."""
        found: shapes.NoticeSeen = self._read(f"/board/{number}", {"lang": lang})
        return found

    def change_entry(
        self, number: int, said: shapes.EntryChange, *, lang: Literal["ru", "en"] | None = None
    ) -> shapes.Entry:
        """Change an entry of the board."""
        found: shapes.Entry = self._write("PATCH", f"/board/{number}", {"lang": lang}, body=said)
        return found

    def board_card(self, inn: str, field: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.NoticeSeen:
        """What a card says on the board."""
        found: shapes.NoticeSeen = self._read(f"/board/cards/{inn}/{field}", {"lang": lang})
        return found

    def entry_matches(self, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.Matches:
        """What fits an entry of the board."""
        found: shapes.Matches = self._read(f"/board/{number}/matches", {"lang": lang})
        return found

    def card_matches(self, inn: str, field: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Matches:
        """What fits something a card says."""
        found: shapes.Matches = self._read(f"/board/cards/{inn}/{field}/matches", {"lang": lang})
        return found

    def renew_entry(
        self,
        number: int,
        said: shapes.RenewBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Entry:
        """Let an entry hold anew from today."""
        found: shapes.Entry = self._write(
            "POST", f"/board/{number}/renew", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def withdraw_entry(
        self,
        number: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Entry:
        """Take an entry off the board."""
        found: shapes.Entry = self._write(
            "POST", f"/board/{number}/withdraw", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def undo_entry(
        self,
        number: int,
        said: shapes.StepBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Entry:
        """Take the last step of an entry back."""
        found: shapes.Entry = self._write(
            "POST", f"/board/{number}/undo", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def imports(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.ImportRunPage:
        """Imports that took place, the latest first."""
        found: shapes.ImportRunPage = self._read("/imports", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def import_file(
        self,
        file: File,
        *,
        lang: Literal["ru", "en"] | None = None,
        name: str | None = None,
        dry_run: bool | None = None,
        sole_traders: bool | None = None,
        year: int | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Job:
        """Import a file."""
        found: shapes.Job = self._write(
            "POST",
            "/imports",
            {"lang": lang, "name": name, "dry_run": dry_run, "sole_traders": sole_traders, "year": year},
            content=file,
            key=idempotency_key,
        )
        return found

    def jobs(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.JobList:
        """Files that wait or are worked on."""
        found: shapes.JobList = self._read("/jobs", {"lang": lang})
        return found

    def job(self, job_id: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Job:
        """How a job gets on."""
        found: shapes.Job = self._read(f"/jobs/{job_id}", {"lang": lang})
        return found

    def discard_job(self, job_id: str, *, lang: Literal["ru", "en"] | None = None) -> None:
        """Discard a file."""
        self._write("DELETE", f"/jobs/{job_id}", {"lang": lang})

    def import_job(
        self,
        job_id: str,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Job:
        """Import a file that was looked at."""
        found: shapes.Job = self._write(
            "POST", f"/jobs/{job_id}/import", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def job_events(self, job_id: str, *, lang: Literal["ru", "en"] | None = None) -> Iterator[tuple[str, Any]]:
        """The progress of a job as it goes on."""
        return self._events(f"/jobs/{job_id}/events", {"lang": lang})

    def import_run(self, run: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.ImportRun:
        """One import."""
        found: shapes.ImportRun = self._read(f"/imports/{run}", {"lang": lang})
        return found

    def refused(
        self, run: int, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.RefusedPage:
        """What an import refused."""
        found: shapes.RefusedPage = self._read(f"/imports/{run}/refused", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def undo_import(
        self,
        run: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.ImportUndone:
        """Take an import back."""
        found: shapes.ImportUndone = self._write(
            "POST", f"/imports/{run}/undo", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def export_companies(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
    ) -> Iterator[Any]:
        """Every company, one document a line."""
        return self._lines("GET", "/bulk/companies", {"lang": lang, "cluster": cluster, "region": region})

    def import_companies(
        self,
        documents: Iterable[Mapping[str, Any]],
        *,
        lang: Literal["ru", "en"] | None = None,
        name: str | None = None,
        dry_run: bool | None = None,
        sole_traders: bool | None = None,
        year: int | None = None,
    ) -> shapes.Job:
        """Import companies, one document a line."""
        found: shapes.Job = self._write(
            "POST",
            "/bulk/companies",
            {"lang": lang, "name": name, "dry_run": dry_run, "sole_traders": sole_traders, "year": year},
            content=lines_of(documents),
        )
        return found

    def bulk_suppliers(
        self, documents: Iterable[Mapping[str, Any]], *, lang: Literal["ru", "en"] | None = None
    ) -> Iterator[Any]:
        """Supplier shortlists of many companies."""
        return self._lines("POST", "/bulk/suppliers", {"lang": lang}, content=lines_of(documents))

    def bulk_buyers(
        self, documents: Iterable[Mapping[str, Any]], *, lang: Literal["ru", "en"] | None = None
    ) -> Iterator[Any]:
        """Buyer shortlists of many companies."""
        return self._lines("POST", "/bulk/buyers", {"lang": lang}, content=lines_of(documents))

    def supply_list(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        state: Literal["open", "removed"] | None = None,
    ) -> shapes.SupplyRequestPage:
        """Supplier requests."""
        found: shapes.SupplyRequestPage = self._read(
            "/requests", {"lang": lang, "cursor": cursor, "top": top, "state": state}
        )
        return found

    def supply_news(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.NewsList:
        """Supplier requests in which something is new."""
        found: shapes.NewsList = self._read("/news", {"lang": lang})
        return found

    def supply_proposals(
        self, buyer: str, *, lang: Literal["ru", "en"] | None = None, top: int | None = None
    ) -> shapes.Proposals:
        """Inputs of a buyer’s recipe."""
        found: shapes.Proposals = self._read(f"/requests/{buyer}/proposals", {"lang": lang, "top": top})
        return found

    def add_supply(
        self,
        buyer: str,
        said: shapes.RequestBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.SupplyRequest:
        """Make a supplier request."""
        found: shapes.SupplyRequest = self._write(
            "POST", f"/requests/{buyer}", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def one_supply(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.SupplyRequest:
        """One supplier request."""
        found: shapes.SupplyRequest = self._read(f"/requests/{buyer}/{number}", {"lang": lang})
        return found

    def change_supply(
        self, buyer: str, number: int, said: shapes.RequestChange, *, lang: Literal["ru", "en"] | None = None
    ) -> shapes.SupplyRequest:
        """Change a supplier request."""
        found: shapes.SupplyRequest = self._write("PATCH", f"/requests/{buyer}/{number}", {"lang": lang}, body=said)
        return found

    def supply_versions(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.Versions:
        """Every version of a request."""
        found: shapes.Versions = self._read(f"/requests/{buyer}/{number}/versions", {"lang": lang})
        return found

    def set_supply(
        self,
        buyer: str,
        number: int,
        said: shapes.TurnBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.SupplyRequest:
        """Remove a request, or bring it back."""
        found: shapes.SupplyRequest = self._write(
            "POST", f"/requests/{buyer}/{number}/state", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def supply_shortlist(
        self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None, top: int | None = None
    ) -> shapes.RequestShortlist:
        """The candidates of each input of a request."""
        found: shapes.RequestShortlist = self._read(f"/requests/{buyer}/{number}/shortlist", {"lang": lang, "top": top})
        return found

    def supply_new(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.RequestNews:
        """What is new in a request."""
        found: shapes.RequestNews = self._read(f"/requests/{buyer}/{number}/news", {"lang": lang})
        return found

    def seen_supply(
        self,
        buyer: str,
        number: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.RequestNews:
        """Remember that the news of a request are seen."""
        found: shapes.RequestNews = self._write(
            "POST", f"/requests/{buyer}/{number}/seen", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def supply_file(
        self,
        buyer: str,
        number: int,
        *,
        lang: Literal["ru", "en"] | None = None,
        form: Literal["xlsx", "docx", "pdf"] | None = None,
    ) -> bytes:
        """A request with its candidates as a file."""
        return self._file("GET", f"/requests/{buyer}/{number}/file", {"lang": lang, "form": form})

    def calls_sent(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.CallHeadPage:
        """Calls for offers that were sent."""
        found: shapes.CallHeadPage = self._read("/calls/sent", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def calls_received(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.CallReceivedPage:
        """Calls for offers that ask the company."""
        found: shapes.CallReceivedPage = self._read("/calls/received", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def calls_calendar(self, *, lang: Literal["ru", "en"] | None = None) -> bytes:
        """Days of requests and calls as a calendar."""
        return self._file("GET", "/calls/calendar", {"lang": lang})

    def send_call(
        self,
        buyer: str,
        number: int,
        said: shapes.CallBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Call:
        """Ask companies for offers."""
        found: shapes.Call = self._write(
            "POST", f"/requests/{buyer}/{number}/calls", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def one_call(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.Call:
        """One call for offers."""
        found: shapes.Call = self._read(f"/calls/{buyer}/{number}", {"lang": lang})
        return found

    def change_call(
        self, buyer: str, number: int, said: shapes.CallChange, *, lang: Literal["ru", "en"] | None = None
    ) -> shapes.Call:
        """Close a call, open it again, move its last day."""
        found: shapes.Call = self._write("PATCH", f"/calls/{buyer}/{number}", {"lang": lang}, body=said)
        return found

    def ask_more(
        self,
        buyer: str,
        number: int,
        said: shapes.MoreFirms,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Call:
        """Ask further companies."""
        found: shapes.Call = self._write(
            "POST", f"/calls/{buyer}/{number}/firms", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def compared_offers(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.Compared:
        """Offers side by side."""
        found: shapes.Compared = self._read(f"/calls/{buyer}/{number}/comparison", {"lang": lang})
        return found

    def call_workbook(self, buyer: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> bytes:
        """Offers side by side as a workbook."""
        return self._file("GET", f"/calls/{buyer}/{number}/file", {"lang": lang})

    def call_firm(
        self, buyer: str, number: int, supplier: str, *, lang: Literal["ru", "en"] | None = None
    ) -> shapes.OneAsked:
        """One firm that a call asks."""
        found: shapes.OneAsked = self._read(f"/calls/{buyer}/{number}/firms/{supplier}", {"lang": lang})
        return found

    def write_answer(
        self,
        buyer: str,
        number: int,
        supplier: str,
        said: shapes.CallStepBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.OneAsked:
        """Write down what a firm answered, or remind it."""
        found: shapes.OneAsked = self._write(
            "POST", f"/calls/{buyer}/{number}/firms/{supplier}/steps", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def offer(self, supplier: str, number: int, *, lang: Literal["ru", "en"] | None = None) -> shapes.OneAsked:
        """A call for offers as the firm sees it."""
        found: shapes.OneAsked = self._read(f"/offers/{supplier}/{number}", {"lang": lang})
        return found

    def send_offer(
        self,
        supplier: str,
        number: int,
        said: shapes.CallStepBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.OneAsked:
        """Answer a call for offers, decline it, or take that back."""
        found: shapes.OneAsked = self._write(
            "POST", f"/offers/{supplier}/{number}/steps", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def call_letter(
        self,
        buyer: str,
        number: int,
        supplier: str,
        *,
        lang: Literal["ru", "en"] | None = None,
        form: Literal["docx", "pdf"] | None = None,
        reminder: bool | None = None,
    ) -> bytes:
        """The letter to a firm as a file."""
        return self._file(
            "GET",
            f"/calls/{buyer}/{number}/firms/{supplier}/letter",
            {"lang": lang, "form": form, "reminder": reminder},
        )

    def catalogue(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        segment: str | None = None,
    ) -> shapes.Catalogue:
        """What the firms of a cluster make."""
        found: shapes.Catalogue = self._read(
            "/catalogue",
            {"lang": lang, "cursor": cursor, "top": top, "cluster": cluster, "region": region, "segment": segment},
        )
        return found

    def catalogue_firm(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.FirmProducts:
        """What one firm makes."""
        found: shapes.FirmProducts = self._read(f"/catalogue/firms/{inn}", {"lang": lang})
        return found

    def catalogue_as_file(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        language: Literal["ru", "en"] | None = None,
        form: Literal["xlsx", "pdf"] | None = None,
    ) -> bytes:
        """The catalogue of products as a file."""
        return self._file(
            "GET",
            "/catalogue/file",
            {"lang": lang, "cluster": cluster, "region": region, "language": language, "form": form},
        )

    def decisions(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.DecisionMadePage:
        """Decisions about pairs, the latest first."""
        found: shapes.DecisionMadePage = self._read("/decisions", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def decide(
        self,
        supplier: str,
        buyer: str,
        said: shapes.DecisionBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.DecisionMade:
        """Decide about a pair."""
        found: shapes.DecisionMade = self._write(
            "POST", f"/decisions/{supplier}/{buyer}", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def project_decisions(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        decision: Literal["accept", "decline", "later", "reopen"] | None = None,
    ) -> shapes.ProjectDecidedPage:
        """Joint projects decided about."""
        found: shapes.ProjectDecidedPage = self._read(
            "/project-decisions", {"lang": lang, "cursor": cursor, "top": top, "decision": decision}
        )
        return found

    def decide_project(
        self,
        said: shapes.ProjectDecisionBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.ProjectDecided:
        """Decide about a joint project."""
        found: shapes.ProjectDecided = self._write(
            "POST", "/project-decisions", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def introductions(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.IntroductionPage:
        """Who asked to be introduced to whom."""
        found: shapes.IntroductionPage = self._read("/introductions", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def ask_introduction(
        self,
        supplier: str,
        buyer: str,
        said: shapes.NoteBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Introduction:
        """Ask to be introduced."""
        found: shapes.Introduction = self._write(
            "POST", f"/introductions/{supplier}/{buyer}", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def answer_introduction(
        self,
        supplier: str,
        buyer: str,
        said: shapes.AnswerBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Introduction:
        """Say what came of a request for an introduction."""
        found: shapes.Introduction = self._write(
            "POST", f"/introductions/{supplier}/{buyer}/answer", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def withdraw_introduction(
        self,
        supplier: str,
        buyer: str,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Introduction:
        """Take a request for an introduction back."""
        found: shapes.Introduction = self._write(
            "POST", f"/introductions/{supplier}/{buyer}/withdraw", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def read_card(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Card:
        """What a card written by hand says."""
        found: shapes.Card = self._read(f"/companies/{inn}/card", {"lang": lang})
        return found

    def write_card(self, inn: str, said: shapes.CardBody, *, lang: Literal["ru", "en"] | None = None) -> shapes.Card:
        """Write a card."""
        found: shapes.Card = self._write("PATCH", f"/companies/{inn}/card", {"lang": lang}, body=said)
        return found

    def undo_card(
        self,
        inn: str,
        run: int,
        said: shapes.EmptyBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Card:
        """Take a change of a card back."""
        found: shapes.Card = self._write(
            "POST", f"/companies/{inn}/card/{run}/undo", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def questions(
        self, *, lang: Literal["ru", "en"] | None = None, cursor: str | None = None, top: int | None = None
    ) -> shapes.QuestionPage:
        """Rows that name a firm without INN."""
        found: shapes.QuestionPage = self._read("/review", {"lang": lang, "cursor": cursor, "top": top})
        return found

    def answer_question(
        self,
        item: int,
        said: shapes.NamingBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Naming:
        """Say which firm a row means."""
        found: shapes.Naming = self._write("POST", f"/review/{item}", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def home(self, *, lang: Literal["ru", "en"] | None = None, since: str | None = None) -> shapes.Home:
        """What waits for the account, and what is new."""
        found: shapes.Home = self._read("/home", {"lang": lang, "since": since})
        return found

    def job_columns(self, job_id: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Columns:
        """The columns of a file, and its first rows."""
        found: shapes.Columns = self._read(f"/jobs/{job_id}/columns", {"lang": lang})
        return found

    def say_columns(
        self,
        job_id: str,
        said: shapes.ColumnsBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Job:
        """Say what the columns of a file are."""
        found: shapes.Job = self._write(
            "POST", f"/jobs/{job_id}/columns", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def import_bundled(
        self, said: shapes.EmptyBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.JobList:
        """Import the bundled companies."""
        found: shapes.JobList = self._write("POST", "/imports/bundled", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def correct_import(
        self,
        run: int,
        said: shapes.CorrectionsBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.ImportRun:
        """Correct what an import refused."""
        found: shapes.ImportRun = self._write(
            "POST", f"/imports/{run}/corrections", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def company_list(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        stage: list[Literal["raw_material", "finished_product", "supply", "none"]] | None = None,
        segment: list[str] | None = None,
        region: list[str] | None = None,
        size: list[Literal["micro", "small", "medium", "large", "none"]] | None = None,
        state: list[Literal["active", "reorganizing", "bankrupt", "liquidating", "liquidated", "none"]] | None = None,
        has: list[Literal["member", "texts", "no_texts", "links", "arrears"]] | None = None,
        label: list[str] | None = None,
        town: str | None = None,
        box: str | None = None,
        text: str | None = None,
        sort: Literal["output", "name", "revenue", "workers", "town"] | None = None,
    ) -> shapes.CompanyList:
        """Companies with every filter, the counts of each, and their towns."""
        found: shapes.CompanyList = self._read(
            "/company-list",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "cluster": cluster,
                "stage": stage,
                "segment": segment,
                "region": region,
                "size": size,
                "state": state,
                "has": has,
                "label": label,
                "town": town,
                "box": box,
                "text": text,
                "sort": sort,
            },
        )
        return found

    def company_list_file(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        stage: list[Literal["raw_material", "finished_product", "supply", "none"]] | None = None,
        segment: list[str] | None = None,
        region: list[str] | None = None,
        size: list[Literal["micro", "small", "medium", "large", "none"]] | None = None,
        state: list[Literal["active", "reorganizing", "bankrupt", "liquidating", "liquidated", "none"]] | None = None,
        has: list[Literal["member", "texts", "no_texts", "links", "arrears"]] | None = None,
        label: list[str] | None = None,
        town: str | None = None,
        box: str | None = None,
        text: str | None = None,
        sort: Literal["output", "name", "revenue", "workers", "town"] | None = None,
        form: Literal["csv", "xlsx", "geojson"] | None = None,
    ) -> bytes:
        """A list of companies as a file."""
        return self._file(
            "GET",
            "/company-list/file",
            {
                "lang": lang,
                "cluster": cluster,
                "stage": stage,
                "segment": segment,
                "region": region,
                "size": size,
                "state": state,
                "has": has,
                "label": label,
                "town": town,
                "box": box,
                "text": text,
                "sort": sort,
                "form": form,
            },
        )

    def chosen_file(
        self, said: shapes.ChosenBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> bytes:
        """Companies that were chosen as a file."""
        return self._file("POST", "/company-list/file", {"lang": lang}, body=said)

    def views(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.Views:
        """Lists the account keeps."""
        found: shapes.Views = self._read("/views", {"lang": lang})
        return found

    def keep_view(
        self, said: shapes.ViewBody, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.View:
        """Keep a list."""
        found: shapes.View = self._write("POST", "/views", {"lang": lang}, body=said, key=idempotency_key)
        return found

    def remove_view(
        self,
        number: int,
        said: shapes.UndoBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.View:
        """Take a kept list away, or bring it back."""
        found: shapes.View = self._write(
            "POST", f"/views/{number}/remove", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def project(
        self,
        *,
        id: str,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
    ) -> shapes.ProjectPage:
        """One joint project, today and when decided on."""
        found: shapes.ProjectPage = self._read(
            "/projects/one", {"lang": lang, "cluster": cluster, "region": region, "id": id}
        )
        return found

    def undo_decision(
        self, said: shapes.ProjectNamed, *, lang: Literal["ru", "en"] | None = None, idempotency_key: str | None = None
    ) -> shapes.ProjectUndone:
        """Take the last decision about a joint project back."""
        found: shapes.ProjectUndone = self._write(
            "POST", "/project-decisions/undo", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def labels(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.Labels:
        """Labels of companies."""
        found: shapes.Labels = self._read("/labels", {"lang": lang})
        return found

    def remark(
        self,
        said: shapes.RemarkBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        stage: list[Literal["raw_material", "finished_product", "supply", "none"]] | None = None,
        segment: list[str] | None = None,
        region: list[str] | None = None,
        size: list[Literal["micro", "small", "medium", "large", "none"]] | None = None,
        state: list[Literal["active", "reorganizing", "bankrupt", "liquidating", "liquidated", "none"]] | None = None,
        has: list[Literal["member", "texts", "no_texts", "links", "arrears"]] | None = None,
        label: list[str] | None = None,
        town: str | None = None,
        box: str | None = None,
        text: str | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Remark:
        """Label companies, or note something about them."""
        found: shapes.Remark = self._write(
            "POST",
            "/remarks",
            {
                "lang": lang,
                "cluster": cluster,
                "stage": stage,
                "segment": segment,
                "region": region,
                "size": size,
                "state": state,
                "has": has,
                "label": label,
                "town": town,
                "box": box,
                "text": text,
            },
            body=said,
            key=idempotency_key,
        )
        return found

    def undo_remark(
        self,
        number: int,
        said: shapes.UndoBody,
        *,
        lang: Literal["ru", "en"] | None = None,
        idempotency_key: str | None = None,
    ) -> shapes.Remark:
        """Undo a label or a note."""
        found: shapes.Remark = self._write(
            "POST", f"/remarks/{number}/undo", {"lang": lang}, body=said, key=idempotency_key
        )
        return found

    def company_remarks(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Remarks:
        """Labels and notes of a company."""
        found: shapes.Remarks = self._read(f"/companies/{inn}/remarks", {"lang": lang})
        return found

    def company_steps(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.History:
        """What people did about a company."""
        found: shapes.History = self._read(f"/companies/{inn}/history", {"lang": lang})
        return found

    def company_partners(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Surroundings:
        """What surrounds a company."""
        found: shapes.Surroundings = self._read(f"/companies/{inn}/partners", {"lang": lang})
        return found

    def looks(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.Looks:
        """Who looked at a company, and what came of it."""
        found: shapes.Looks = self._read(f"/companies/{inn}/looks", {"lang": lang})
        return found

    def companies(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        stage: Literal["raw_material", "finished_product", "supply"] | None = None,
        segment: str | None = None,
        region: str | None = None,
        text: str | None = None,
        okved: str | None = None,
        category: Literal["micro", "small", "medium", "large"] | None = None,
        sort: Literal["-output_rub", "output_rub", "name", "inn"] | None = None,
    ) -> shapes.Companies:
        """Companies with their place in a chain."""
        found: shapes.Companies = self._read(
            "/companies",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "cluster": cluster,
                "stage": stage,
                "segment": segment,
                "region": region,
                "text": text,
                "okved": okved,
                "category": category,
                "sort": sort,
            },
        )
        return found

    def company(self, inn: str, *, lang: Literal["ru", "en"] | None = None) -> shapes.CompanyCard:
        """One company: facts, sources, activities."""
        found: shapes.CompanyCard = self._read(f"/companies/{inn}", {"lang": lang})
        return found

    def suppliers(
        self,
        *,
        inn: str,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        region: str | None = None,
        sme: bool | None = None,
        new_only: bool | None = None,
        makers_only: bool | None = None,
        mutual: bool | None = None,
        radius: float | None = None,
        weights: list[str] | None = None,
        without: list[
            Literal[
                "base",
                "input_fit",
                "text_fit",
                "size_fit",
                "distance",
                "network",
                "gap",
                "standing",
                "feedback",
                "current",
                "capital",
                "channel",
            ]
        ]
        | None = None,
        price: list[str] | None = None,
        sort: Literal["-score", "-expected_value_rub", "distance_km"] | None = None,
        certified: int | None = None,
        need: str | None = None,
        instead_of: str | None = None,
    ) -> shapes.Shortlist:
        """Who could supply a company."""
        found: shapes.Shortlist = self._read(
            "/suppliers",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "region": region,
                "sme": sme,
                "new_only": new_only,
                "makers_only": makers_only,
                "mutual": mutual,
                "radius": radius,
                "weights": weights,
                "without": without,
                "price": price,
                "sort": sort,
                "inn": inn,
                "certified": certified,
                "need": need,
                "instead_of": instead_of,
            },
        )
        return found

    def buyers(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        region: str | None = None,
        sme: bool | None = None,
        new_only: bool | None = None,
        makers_only: bool | None = None,
        mutual: bool | None = None,
        radius: float | None = None,
        weights: list[str] | None = None,
        without: list[
            Literal[
                "base",
                "input_fit",
                "text_fit",
                "size_fit",
                "distance",
                "network",
                "gap",
                "standing",
                "feedback",
                "current",
                "capital",
                "channel",
            ]
        ]
        | None = None,
        price: list[str] | None = None,
        sort: Literal["-score", "-expected_value_rub", "distance_km"] | None = None,
        inn: str | None = None,
        text: str | None = None,
        okved: list[str] | None = None,
        home: str | None = None,
        city: str | None = None,
        revenue_rub: float | None = None,
    ) -> shapes.Shortlist:
        """Who could buy what a company makes."""
        found: shapes.Shortlist = self._read(
            "/buyers",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "region": region,
                "sme": sme,
                "new_only": new_only,
                "makers_only": makers_only,
                "mutual": mutual,
                "radius": radius,
                "weights": weights,
                "without": without,
                "price": price,
                "sort": sort,
                "inn": inn,
                "text": text,
                "okved": okved,
                "home": home,
                "city": city,
                "revenue_rub": revenue_rub,
            },
        )
        return found

    def explain(self, *, supplier: str, buyer: str, lang: Literal["ru", "en"] | None = None) -> shapes.Explanation:
        """One pair: its score part by part, and the evidence."""
        found: shapes.Explanation = self._read("/explain", {"lang": lang, "supplier": supplier, "buyer": buyer})
        return found

    def gaps(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        anchor: str | None = None,
        sort: Literal["-value_rub", "-gap_rub", "-demand_rub", "okved_code"] | None = None,
    ) -> shapes.Gaps:
        """What is missing in a chain, and what it is worth."""
        found: shapes.Gaps = self._read(
            "/gaps",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "cluster": cluster,
                "region": region,
                "anchor": anchor,
                "sort": sort,
            },
        )
        return found

    def projects(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cursor: str | None = None,
        top: int | None = None,
        kind: Literal[
            "chain",
            "joint_purchase",
            "shared_equipment",
            "import_substitution",
            "symbiosis",
            "cross_cluster",
            "deep_processing",
            "research_training",
            "contract_manufacturing",
            "joint_export",
        ]
        | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        anchor: str | None = None,
        direction: Literal[
            "С1–В3", "С2–В4", "С5–В1", "С3–У2", "С4–У4", "С7–У1", "С6–У5", "С11–В2", "С13–В4", "С12–У3", "С14–У1"
        ]
        | None = None,
        sort: Literal["varied", "-score"] | None = None,
        portfolio: int | None = None,
        each: int | None = None,
        smes: int | None = None,
        budget_rub: float | None = None,
        rivals: bool | None = None,
    ) -> shapes.Projects:
        """Joint-project candidates."""
        found: shapes.Projects = self._read(
            "/projects",
            {
                "lang": lang,
                "cursor": cursor,
                "top": top,
                "kind": kind,
                "cluster": cluster,
                "region": region,
                "anchor": anchor,
                "direction": direction,
                "sort": sort,
                "portfolio": portfolio,
                "each": each,
                "smes": smes,
                "budget_rub": budget_rub,
                "rivals": rivals,
            },
        )
        return found

    def chain(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        profile: bool | None = None,
        segment: str | None = None,
        years: str | None = None,
    ) -> shapes.Chain:
        """The value-chain table of a cluster."""
        found: shapes.Chain = self._read(
            "/chain",
            {
                "lang": lang,
                "cluster": cluster,
                "region": region,
                "profile": profile,
                "segment": segment,
                "years": years,
            },
        )
        return found

    def flow(
        self,
        *,
        source: str,
        target: str,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        top: int | None = None,
    ) -> shapes.Flow:
        """The firms behind one flow of a chain."""
        found: shapes.Flow = self._read(
            "/chain/flow",
            {"lang": lang, "cluster": cluster, "region": region, "source": source, "target": target, "top": top},
        )
        return found

    def graph(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        everything: bool | None = None,
        firm: str | None = None,
        to: str | None = None,
        top: int | None = None,
    ) -> shapes.Graph:
        """Who supplies whom: the largest links, those around a firm, or the way between two."""
        found: shapes.Graph = self._read(
            "/chain/graph",
            {
                "lang": lang,
                "cluster": cluster,
                "region": region,
                "everything": everything,
                "firm": firm,
                "to": to,
                "top": top,
            },
        )
        return found

    def structure(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        everything: bool | None = None,
        top: int | None = None,
    ) -> shapes.NetworkStructure:
        """Sub-clusters, hubs, and what a network falls apart without."""
        found: shapes.NetworkStructure = self._read(
            "/chain/structure",
            {"lang": lang, "cluster": cluster, "region": region, "everything": everything, "top": top},
        )
        return found

    def classify(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        text: str | None = None,
        inn: str | None = None,
        okved: str | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        top: int | None = None,
    ) -> shapes.Classified:
        """What a text, a company or a code does."""
        found: shapes.Classified = self._read(
            "/classify", {"lang": lang, "text": text, "inn": inn, "okved": okved, "cluster": cluster, "top": top}
        )
        return found

    def inputs(
        self,
        *,
        okved: str,
        lang: Literal["ru", "en"] | None = None,
        of: bool | None = None,
        by: Literal["coefficient", "need"] | None = None,
        top: int | None = None,
    ) -> shapes.Inputs:
        """What an activity needs, or who uses what it makes."""
        found: shapes.Inputs = self._read("/inputs", {"lang": lang, "okved": okved, "of": of, "by": by, "top": top})
        return found

    def coverage(self, *, lang: Literal["ru", "en"] | None = None) -> shapes.Coverage:
        """How much of the pilot cluster the register holds."""
        found: shapes.Coverage = self._read("/coverage", {"lang": lang})
        return found

    def understood_words(self, *, text: str, lang: Literal["ru", "en"] | None = None) -> shapes.Understood:
        """Activities that words about a product may mean."""
        found: shapes.Understood = self._read("/offer/understood", {"lang": lang, "text": text})
        return found

    def offer_buyers(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        top: int | None = None,
        region: str | None = None,
        sme: bool | None = None,
        new_only: bool | None = None,
        makers_only: bool | None = None,
        mutual: bool | None = None,
        radius: float | None = None,
        weights: list[str] | None = None,
        without: list[
            Literal[
                "base",
                "input_fit",
                "text_fit",
                "size_fit",
                "distance",
                "network",
                "gap",
                "standing",
                "feedback",
                "current",
                "capital",
                "channel",
            ]
        ]
        | None = None,
        price: list[str] | None = None,
        sort: Literal["-score", "-expected_value_rub", "distance_km"] | None = None,
        inn: str | None = None,
        text: str | None = None,
        okved: list[str] | None = None,
        home: str | None = None,
        city: str | None = None,
        revenue_rub: float | None = None,
    ) -> shapes.BuyersOnMap:
        """Buyers of what a company offers, on the map."""
        found: shapes.BuyersOnMap = self._read(
            "/offer/buyers",
            {
                "lang": lang,
                "top": top,
                "region": region,
                "sme": sme,
                "new_only": new_only,
                "makers_only": makers_only,
                "mutual": mutual,
                "radius": radius,
                "weights": weights,
                "without": without,
                "price": price,
                "sort": sort,
                "inn": inn,
                "text": text,
                "okved": okved,
                "home": home,
                "city": city,
                "revenue_rub": revenue_rub,
            },
        )
        return found

    def suppliers_as_file(
        self,
        *,
        inn: str,
        lang: Literal["ru", "en"] | None = None,
        form: Literal["xlsx", "docx", "pdf"] | None = None,
        top: int | None = None,
        region: str | None = None,
        sme: bool | None = None,
        new_only: bool | None = None,
        makers_only: bool | None = None,
        mutual: bool | None = None,
        radius: float | None = None,
        weights: list[str] | None = None,
        without: list[
            Literal[
                "base",
                "input_fit",
                "text_fit",
                "size_fit",
                "distance",
                "network",
                "gap",
                "standing",
                "feedback",
                "current",
                "capital",
                "channel",
            ]
        ]
        | None = None,
        price: list[str] | None = None,
        sort: Literal["-score", "-expected_value_rub", "distance_km"] | None = None,
        certified: int | None = None,
        need: str | None = None,
        instead_of: str | None = None,
    ) -> bytes:
        """Who could supply a company, as a file."""
        return self._file(
            "GET",
            "/suppliers/file",
            {
                "lang": lang,
                "form": form,
                "top": top,
                "region": region,
                "sme": sme,
                "new_only": new_only,
                "makers_only": makers_only,
                "mutual": mutual,
                "radius": radius,
                "weights": weights,
                "without": without,
                "price": price,
                "sort": sort,
                "inn": inn,
                "certified": certified,
                "need": need,
                "instead_of": instead_of,
            },
        )

    def buyers_as_file(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        form: Literal["xlsx", "docx", "pdf"] | None = None,
        top: int | None = None,
        region: str | None = None,
        sme: bool | None = None,
        new_only: bool | None = None,
        makers_only: bool | None = None,
        mutual: bool | None = None,
        radius: float | None = None,
        weights: list[str] | None = None,
        without: list[
            Literal[
                "base",
                "input_fit",
                "text_fit",
                "size_fit",
                "distance",
                "network",
                "gap",
                "standing",
                "feedback",
                "current",
                "capital",
                "channel",
            ]
        ]
        | None = None,
        price: list[str] | None = None,
        sort: Literal["-score", "-expected_value_rub", "distance_km"] | None = None,
        inn: str | None = None,
        text: str | None = None,
        okved: list[str] | None = None,
        home: str | None = None,
        city: str | None = None,
        revenue_rub: float | None = None,
    ) -> bytes:
        """Who could buy what a company makes, as a file."""
        return self._file(
            "GET",
            "/buyers/file",
            {
                "lang": lang,
                "form": form,
                "top": top,
                "region": region,
                "sme": sme,
                "new_only": new_only,
                "makers_only": makers_only,
                "mutual": mutual,
                "radius": radius,
                "weights": weights,
                "without": without,
                "price": price,
                "sort": sort,
                "inn": inn,
                "text": text,
                "okved": okved,
                "home": home,
                "city": city,
                "revenue_rub": revenue_rub,
            },
        )

    def project_as_sheet(
        self,
        *,
        id: str,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        form: Literal["docx", "pdf"] | None = None,
    ) -> bytes:
        """The one-page sheet of a joint project."""
        return self._file(
            "GET", "/projects/sheet", {"lang": lang, "cluster": cluster, "region": region, "id": id, "form": form}
        )

    def network_as_file(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        everything: bool | None = None,
        form: Literal["graphml", "geojson"] | None = None,
    ) -> bytes:
        """The whole network of firms as a file."""
        return self._file(
            "GET",
            "/chain/graph/file",
            {"lang": lang, "cluster": cluster, "region": region, "everything": everything, "form": form},
        )

    def members_as_file(
        self,
        *,
        lang: Literal["ru", "en"] | None = None,
        cluster: Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
        | None = None,
        region: str | None = None,
        segment: str | None = None,
    ) -> bytes:
        """The members of a cluster on the map."""
        return self._file(
            "GET", "/chain/companies/file", {"lang": lang, "cluster": cluster, "region": region, "segment": segment}
        )
