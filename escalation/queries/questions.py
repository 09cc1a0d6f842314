"""Reading commercial questions: those who deal with money and contracts, and whoever asked (E4)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from escalation.models import CommercialQuestion, QuestionState
from events.domain.actor import Actor
from events.domain.errors import NotHere

#: Contacts who read everything that their company asked; members read what they asked themselves.
_READERS = ("poc", "observer")
#: Staff who read the questions of the clients that they see; engineers have no part in them.
_STAFF = ("account_executive", "csm", "lead", "administrator")


def questions_visible_to(actor: Actor) -> QuerySet[CommercialQuestion]:
    """The commercial questions that the actor may read, the newest first."""
    rows = CommercialQuestion.objects.select_related("client", "contract", "ticket")
    if actor.is_staff and actor.staff_role not in _STAFF:
        return rows.none()
    if actor.sees_every_client:
        return rows
    if actor.contract_id is not None:
        rows = rows.filter(contract_id=actor.contract_id)
    read_at = [client_id for client_id, role in actor.roles.items() if role in _READERS]
    own = Q(asked_by_id=actor.person_id, client_id__in=list(actor.roles)) if actor.person_id else Q(pk=None)
    return rows.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=read_at) | own)


def commercial_question_for(
    actor: Actor, *, question_id: int, client_id: int | None = None, lock: bool = False
) -> CommercialQuestion:
    """One question, of that client where one is named, if the actor may read it; else `NotHere`."""
    rows = questions_visible_to(actor).filter(pk=question_id)
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotHere
    return found


def waiting_questions(actor: Actor) -> QuerySet[CommercialQuestion]:
    """Those that wait for an answer, the oldest first."""
    waiting = questions_visible_to(actor).filter(state=QuestionState.ASKED)
    return waiting.order_by("turned_at", "id")
