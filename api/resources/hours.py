"""`/contracts/{id}/hours`: the balance, the ledger and the statements of paid time."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, Output
from api.operations import Resource, operation
from api.pages import Order, page
from contracts.models import Contract
from contracts.queries import contract_for
from events.domain.actor import Actor
from events.domain.errors import NotHere
from hours.domain.periods import parse_month
from hours.domain.statement import StatementBody
from hours.permissions import may_see_hours
from hours.queries import balance_of, digest_of, ledger_of, statement, statement_month
from hours.statement_csv import statement_csv
from hours.statement_pdf import Letterhead, statement_pdf

_Words = serializers.CharField
_Number = serializers.IntegerField


class BucketShape(Output):
    """Minutes that were granted together, in the order of drawing."""

    id = _Number()
    kind = _Words()
    label_ = _Words()
    category = _Words()
    granted = _Number()
    drawn = _Number()
    remaining = _Number()
    opened_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class BalanceShape(Output):
    """Whole minutes; `held` waits for approval, `available` is what any work can draw."""

    granted = _Number()
    drawn = _Number()
    held = _Number()
    declined = _Number()
    available = _Number()
    used_percent = _Number()
    buckets = BucketShape(many=True)


class LedgerLine(Output):
    """One movement: signed minutes of one bucket, with what it held before and after."""

    number = _Number()
    at = serializers.DateTimeField()
    kind = _Words()
    minutes = _Number()
    before = _Number()
    after = _Number()
    bucket = _Number(source="bucket_id")
    bucket_label = _Words(source="bucket.label")
    time_entry = _Number(source="time_entry_id", allow_null=True)
    ticket = _Words(source="time_entry.ticket.key", allow_null=True, default=None)


class StatementLine(Output):
    """A line of a statement; for work the ticket, person, day and both amounts."""

    number = _Number()
    at = serializers.DateTimeField()
    kind = _Words()
    minutes = _Number()
    bucket = _Words()
    balance = _Number()
    ticket = _Words()
    person = _Words()
    worked_on = _Words()
    worked_minutes = _Number()
    billed_minutes = _Number()
    entry_id = _Number(allow_null=True)
    note = _Words()


class StatementShape(Output):
    """A month: closing = opening + lines; `aside` lists what moved nothing."""

    contract = _Number(source="contract_id")
    month = _Words()
    zone = _Words()
    opening = _Number()
    closing = _Number()
    lines = StatementLine(many=True)
    aside = StatementLine(many=True)


class StatementForm(Input):
    """In which form: `json`, `csv` for spreadsheets, or `pdf` to file; else as `Accept` asks."""

    format = serializers.ChoiceField(choices=("json", "csv", "pdf"), required=False)


class Balance(Resource):
    """The balance of a contract."""

    @operation(summary="Shows a contract's balance", area="hours", told=BalanceShape)
    def get(self, request: Request, contract_id: int) -> Response:
        """What the open buckets hold at this moment; all zero for a contract without hours."""
        return self.one(request, balance_of(contract_with_hours(self.actor, contract_id), at=self.at))


class Ledger(Resource):
    """The ledger of a contract."""

    @operation(
        summary="Lists a contract's ledger", area="hours", told=LedgerLine, is_list=True, is_paged=True
    )
    def get(self, request: Request, contract_id: int) -> Response:
        """Every movement of paid minutes, in order; nothing in it ever changes."""
        contract = contract_with_hours(self.actor, contract_id)
        return page(self, request, ledger_of(contract), Order(column="number"))


class Statement(Resource):
    """The statement of one month."""

    @operation(
        summary="Shows a month's statement",
        area="hours",
        params=StatementForm,
        told=StatementShape,
        media=("application/json", "text/csv", "application/pdf"),
    )
    def get(self, request: Request, contract_id: int, month: str) -> HttpResponseBase:
        """The statement of a month, `2026-03`; one that is closed never changes."""
        form = self.asked(request).get("format") or _accepted(request)
        contract = contract_with_hours(self.actor, contract_id)
        body = statement(contract, statement_month(contract, month, at=self.at))
        return self.one(request, body) if form == "json" else _file(contract, body, form)


def contract_with_hours(actor: Actor, contract_id: int) -> Contract:
    """The contract of that id, if the actor may see its hours; else `NotHere`."""
    contract = contract_for(actor, contract_id)
    if not may_see_hours(actor, contract):
        raise NotHere
    return contract


def _accepted(request: Request) -> str:
    wanted = request.headers.get("Accept", "").partition(",")[0].partition(";")[0].strip()
    return {"text/csv": "csv", "application/pdf": "pdf"}.get(wanted, "json")


def _file(contract: Contract, body: StatementBody, form: str) -> HttpResponse:
    if form == "csv":
        response = HttpResponse(statement_csv(body), content_type="text/csv; charset=utf-8")
    else:
        digest = digest_of(contract, parse_month(body.month))
        head = Letterhead(client=contract.client.name, contract=contract.name, digest=digest)
        response = HttpResponse(statement_pdf(body, head), content_type="application/pdf")
    name = f"hours-{contract.client.slug}-{body.month}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
