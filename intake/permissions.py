"""Who may decide what becomes of a mail that waits for a person."""

from __future__ import annotations

from accounts.domain.rights import Reach, Right, reach
from events.domain.actor import Actor
from intake.models import ReceivedMail


def may_decide(actor: Actor, mail: ReceivedMail) -> bool:
    """Staff who work for the client; for mails of no known client those who see every client."""
    if mail.client_id is None:
        return actor.sees_every_client
    return reach(actor, Right.WORK, mail.client_id) > Reach.NONE


def may_export(actor: Actor) -> bool:
    """Administrators alone take a client's belongings out: what they get holds internal notes too."""
    return actor.staff_role == "administrator"
