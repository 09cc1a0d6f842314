"""What all written work shares: who writes it, that published is final, and that it fulfils its delivery."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive import permissions
from proactive.models import Occurrence, State
from proactive.models.papers import Paper
from proactive.services.delivery import begin_row, deliver_row, open_row

AnyPaper = TypeVar("AnyPaper", bound=Paper)
TEXT_LIMIT = 50_000


def require_writer(actor: Actor, client_id: int) -> None:
    """Refuse those who do not write for the client: `NotHere` for strangers, else `NotAllowed`."""
    if not actor.sees_client(client_id):
        raise NotHere
    if not permissions.may_deliver(actor, client_id):
        raise NotAllowed("The client's success manager or its engineers write this.")


def take_up(
    *, actor: Actor, at: datetime, contract: Contract, occurrence: Occurrence | None, kind: str
) -> Occurrence | None:
    """Begin with the delivery that a paper is to fulfil: an open one of that kind and contract."""
    require_writer(actor, contract.client_id)
    if occurrence is None:
        return None
    row = open_row(actor, occurrence)
    if row.programme.contract_id != contract.pk or row.programme.kind != kind:
        raise Invalid("This delivery is for another service or contract.")
    return begin_row(row, actor=actor, at=at)


def locked_draft(rows: type[AnyPaper], *, actor: Actor, paper: AnyPaper) -> AnyPaper:
    """The paper, locked, for somebody who writes it; `Conflict` once it is published."""
    row = locked(rows, actor=actor, paper=paper)
    require_writer(actor, row.client_id)
    if row.published_at is not None:
        raise Conflict("This is published and stays as the client has read it.")
    return row


def locked(rows: type[AnyPaper], *, actor: Actor, paper: AnyPaper) -> AnyPaper:
    """The paper, locked, if the actor sees its client."""
    found = rows._default_manager.select_for_update(of=("self",)).select_related("contract", "client")
    row = found.filter(pk=paper.pk).first()
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    return row


def fulfil(row: Paper, *, actor: Actor, at: datetime, proof: str) -> None:
    """Say that the paper's delivery is done, unless it was said or skipped already."""
    occurrence = row.occurrence
    if occurrence is None or occurrence.state in (State.DELIVERED, State.SKIPPED):
        return
    deliver_row(open_row(actor, occurrence), actor=actor, at=at, proof=proof)


def clean_text(text: str, *, field: str, words: str) -> str:
    """The text without its edges; `Invalid` when it is empty or far too long."""
    clean = text.strip()
    if not clean:
        raise Invalid(words, fields={field: words})
    if len(clean) > TEXT_LIMIT:
        raise Invalid("This is too long.", fields={field: f"{TEXT_LIMIT:,} characters at most."})
    return clean
