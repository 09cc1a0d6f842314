"""Where a mail belongs: one table from what is known of it to the one allowed outcome (X4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake.domain.proof import Proof


class Fate(StrEnum):
    """What becomes of a mail."""

    REPLY = "reply"
    TICKET = "ticket"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    HELD = "held"


class Ground(StrEnum):
    """Why a mail waits for a person, or was set aside."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NO_SENDER = "no_sender"
    UNKNOWN_SENDER = "unknown_sender"
    UNPROVEN = "unproven"
    FORGED = "forged"
    OWN_ADDRESS = "own_address"
    BAD_ADDRESS = "bad_address"
    SEVERAL_TICKETS = "several_tickets"
    OTHER_PERSON = "other_person"
    LOST_ADDRESS = "lost_address"
    STAFF = "staff"
    NO_CONTRACT = "no_contract"
    SEVERAL_CONTRACTS = "several_contracts"
    REFUSED = "refused"
    TOO_MANY = "too_many"
    REPEATED = "repeated"
    UNCLEAR_REPORT = "unclear_report"
    PROGRAM = "program"
    FOREIGN_REPORT = "foreign_report"


#: What staff read: what is the matter, in a sentence.
WORDS: Final[dict[Ground, str]] = {
    Ground.UNREADABLE: "Its text could not be read.",
    Ground.TOO_LARGE: "It is larger than the mails we take in; only its head was fetched.",
    Ground.NO_SENDER: "It names no sender, or more than one.",
    Ground.UNKNOWN_SENDER: "Nobody we know has this address.",
    Ground.UNPROVEN: "Our mail server said nothing about whether the sender is genuine.",
    Ground.FORGED: "Our mail server could not confirm the sender; it may be forged.",
    Ground.OWN_ADDRESS: "It claims to come from an address of ours.",
    Ground.BAD_ADDRESS: "It was sent to a reply address that we never gave out.",
    Ground.SEVERAL_TICKETS: "It was sent to the reply addresses of several tickets.",
    Ground.OTHER_PERSON: "It answers a mail that was written to somebody else.",
    Ground.LOST_ADDRESS: "It answers a mail of ours, but not at its reply address.",
    Ground.STAFF: "Staff file tickets at the desk, not by mail.",
    Ground.NO_CONTRACT: "The sender has no contract under which they may open tickets.",
    Ground.SEVERAL_CONTRACTS: "The sender may open tickets under several contracts.",
    Ground.REFUSED: "The ticket did not take it.",
    Ground.TOO_MANY: "The sender wrote more mails within an hour than a person does.",
    Ground.REPEATED: "The sender opened a ticket with this subject a short while ago.",
    Ground.UNCLEAR_REPORT: "It came to the return address of a mail of ours, and is no delivery report.",
    Ground.PROGRAM: "A program sent it, so nobody waits for an answer.",
    Ground.FOREIGN_REPORT: "It reports on a mail that we did not send.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a mail before it is sorted.

    `places` counts the tickets whose genuine reply addresses it was sent to; `is_addressee` says whether the
    sender is the person whom that reply address was given.
    """

    is_ours_to_report: bool = False
    is_report: bool = False
    is_automatic: bool = False
    has_sender: bool = True
    is_own_address: bool = False
    is_known: bool = False
    works_here: bool = False
    proof: Proof = Proof.NONE
    has_bad_address: bool = False
    places: int = 0
    is_addressee: bool = False
    refers_to_us: bool = False


def sort(facts: Facts) -> tuple[Fate, Ground | None]:
    """The one allowed outcome: whatever is in doubt is held for a person, and nothing is ever answered."""
    if facts.is_ours_to_report or facts.is_report:
        return _report(facts)
    if facts.is_automatic:
        return Fate.AUTOMATIC, Ground.PROGRAM
    doubt = _doubt_of_sender(facts) or _doubt_of_place(facts)
    if doubt is not None:
        return Fate.HELD, doubt
    return (Fate.REPLY if facts.places else Fate.TICKET), None


def _report(facts: Facts) -> tuple[Fate, Ground | None]:
    if not facts.is_ours_to_report:
        return Fate.AUTOMATIC, Ground.FOREIGN_REPORT
    if facts.is_report:
        return Fate.BOUNCE, None
    if facts.is_automatic:
        return Fate.AUTOMATIC, Ground.PROGRAM
    return Fate.HELD, Ground.UNCLEAR_REPORT


def _doubt_of_sender(facts: Facts) -> Ground | None:
    if not facts.has_sender:
        return Ground.NO_SENDER
    if facts.is_own_address:
        return Ground.OWN_ADDRESS
    if not facts.is_known:
        return Ground.UNKNOWN_SENDER
    if facts.proof is Proof.PASS:
        return None
    return Ground.FORGED if facts.proof is Proof.FAIL else Ground.UNPROVEN


def _doubt_of_place(facts: Facts) -> Ground | None:
    if facts.has_bad_address:
        return Ground.BAD_ADDRESS
    if facts.places:
        if facts.places > 1:
            return Ground.SEVERAL_TICKETS
        return None if facts.is_addressee else Ground.OTHER_PERSON
    if facts.refers_to_us:
        return Ground.LOST_ADDRESS
    return Ground.STAFF if facts.works_here else None
