"""The single acts of a ticket's story: filed, answered, worked on, asked about, solved, confirmed."""

from __future__ import annotations

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import Person
from config.demo.desk import Desk
from config.demo.script import Case
from contracts.domain.plan import Objective, RequestType, Stance, Target
from contracts.models import Environment
from escalation.queries import of_ticket
from escalation.services import acknowledge, resolve
from hours.services import log_time
from tickets.models import Approval, Ticket, Visibility
from tickets.services import (
    assign,
    change_status,
    decide_approval,
    open_ticket,
    post_message,
    publish_document,
    rate_ticket,
)

#: How often tickets come by which door, in percent.
_DOORS = {"portal": 88, "email": 6, "phone": 4, "chat": 2}
_WORDS = {
    5: "Quick and friendly.",
    4: "All good, thank you.",
    3: "It took a while.",
    2: "We had to ask twice.",
}


class Telling:
    """One ticket while its story is told: who asked, who answers, and what the plan allows."""

    def __init__(self, desk: Desk, case: Case, *, dice: Random) -> None:
        self.desk = desk
        self.case = case
        self.dice = dice
        self.requester: Person = dice.choice(desk.requesters)
        self.engineer: Person = dice.choice(desk.engineers)
        self.request_type = _request_type(desk, case).code
        ranks = {urgency.rank: urgency.code for urgency in desk.plan.urgencies}
        self.urgency = ranks[min(4, max(1, case.rank + dice.choice((0, 0, 0, 1))))]
        self._ticket: Ticket | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket, once it was filed."""
        if self._ticket is None:
            raise LookupError("The story has not begun.")
        return self._ticket

    def target(self, objective: Objective) -> Target | None:
        """What the plan allows for that objective on this ticket."""
        return self.desk.target(objective, request_type=self.request_type, urgency=self.urgency)

    def file(self, at: datetime, *, channel: str = "") -> Ticket:
        """The ticket is filed, by whatever door unless one is said."""
        desk, case = self.desk, self.case
        door = channel or self.dice.choices(list(_DOORS), weights=list(_DOORS.values()))[0]
        by_staff = door in ("phone", "chat")
        self._ticket = open_ticket(
            actor=desk.by(self.engineer if by_staff else self.requester),
            at=at,
            contract=desk.contract,
            requester=self.requester,
            request_type=self.request_type,
            urgency=self.urgency,
            category=_service(desk, case),
            environment=_environment(desk, self.dice, is_live=bool(channel)),
            subject=case.subject,
            description=case.description,
            channel=door,
        )
        return self._ticket

    def decide(self, at: datetime) -> None:
        """Whoever is asked for an approval gives it."""
        for approval in Approval.objects.filter(ticket=self.ticket, state="asked"):
            of_client = approval.asked_of_role in ("poc", "member")
            person = self.desk.pocs[0] if of_client else self.desk.lead
            decide_approval(actor=self.desk.by(person), at=at, approval=approval, approve=True)

    def answer(self, at: datetime) -> None:
        """An engineer takes the ticket and answers in public."""
        actor = self.desk.by(self.engineer)
        assign(actor=actor, at=at, ticket=self.ticket, assignee=self.engineer)
        words = f"Hello {self.requester.name.split()[0]},\n\n{self.case.reply}"
        post_message(actor=actor, at=at, ticket=self.ticket, body=words)

    def begin(self, at: datetime) -> None:
        """Work begins, with a note among colleagues."""
        actor = self.desk.by(self.engineer)
        change_status(actor=actor, at=at, ticket=self.ticket, to="in_progress")
        if self.case.note:
            post_message(
                actor=actor, at=at, ticket=self.ticket, body=self.case.note, visibility=Visibility.INTERNAL
            )

    def update(self, at: datetime, number: int) -> None:
        """A public word on how it goes."""
        words = ("We have found where it comes from and test a remedy.", "The remedy works on the test site.")
        body = words[min(number, 1)]
        post_message(actor=self.desk.by(self.engineer), at=at, ticket=self.ticket, body=body)

    def ask(self, at: datetime) -> None:
        """The engineer asks the client something and waits."""
        actor = self.desk.by(self.engineer)
        post_message(actor=actor, at=at, ticket=self.ticket, body=self.case.question)
        change_status(
            actor=actor,
            at=at,
            ticket=self.ticket,
            to="waiting_on_client",
            waiting_on=self.requester,
            waiting_for=self.case.question,
        )

    def reply(self, at: datetime) -> None:
        """The client answers, which puts the ticket back to work."""
        body = self.case.answer
        post_message(actor=self.desk.by(self.requester), at=at, ticket=self.ticket, body=body)

    def wait_for_vendor(self, at: datetime) -> None:
        """The maker of the product has to look."""
        change_status(
            actor=self.desk.by(self.engineer),
            at=at,
            ticket=self.ticket,
            to="waiting_on_vendor",
            waiting_for="A fix from the maker",
            vendor_reference=f"MKR-{self.dice.randrange(10_000, 99_999)}",
        )

    def resume(self, at: datetime) -> None:
        """Work goes on."""
        change_status(actor=self.desk.by(self.engineer), at=at, ticket=self.ticket, to="in_progress")

    def work(self, at: datetime, share: float = 1.0) -> None:
        """The engineer logs time worked."""
        minutes = max(5, int(self.case.minutes * share * self.dice.uniform(0.7, 1.3)))
        log_time(
            actor=self.desk.by(self.engineer),
            at=at,
            ticket=self.ticket,
            minutes=minutes,
            worked_on=at.astimezone(ZoneInfo(self.desk.client.zone)).date(),
            note=f"{self.case.subject}: looked into it and tested",
        )

    def solve(self, at: datetime) -> None:
        """The ticket is solved, with a summary for the client."""
        change_status(
            actor=self.desk.by(self.engineer),
            at=at,
            ticket=self.ticket,
            to="resolved",
            summary=self.case.summary,
        )

    def confirm(self, at: datetime) -> None:
        """The client confirms, and often says how it went."""
        actor = self.desk.by(self.requester)
        change_status(actor=actor, at=at, ticket=self.ticket, to="closed")
        if self.dice.random() < 0.7:
            rating = self.dice.choices((5, 4, 3, 2), weights=(55, 30, 10, 5))[0]
            rate_ticket(actor=actor, at=at, ticket=self.ticket, rating=rating, comment=_WORDS[rating])

    def withdraw(self, at: datetime) -> None:
        """The client needs it no more."""
        change_status(
            actor=self.desk.by(self.requester),
            at=at,
            ticket=self.ticket,
            to="cancelled",
            reason="It went away by itself.",
        )

    def explain(self, at: datetime) -> None:
        """The documents that the plan owes on the ticket are written and published."""
        for document in list(self.ticket.documents.filter(published_at__isnull=True)):
            body = (
                f"## What happened\n\n{self.case.subject}.\n\n## Why, and what helps\n\n{self.case.summary}"
            )
            actor = self.desk.by(self.engineer)
            publish_document(actor=actor, at=at, ticket=self.ticket, kind=document.kind, body=body)

    def calm(self, at: datetime, *, is_over: bool) -> None:
        """The success manager takes an open escalation on, or ends it with an outcome."""
        actor = self.desk.by(self.desk.csm)
        for escalation in of_ticket(self.ticket):
            if escalation.state == "resolved":
                continue
            if not is_over:
                acknowledge(actor=actor, at=at, escalation=escalation)
                continue
            text = "The answer came late. The desk has changed who watches the queue at that hour."
            resolve(actor=actor, at=at, escalation=escalation, outcome="upheld", text=text)


def _request_type(desk: Desk, case: Case) -> RequestType:
    kinds = [kind for kind in desk.plan.request_types if kind.is_incident == case.is_incident]
    if not kinds:
        return desk.plan.request_types[0]
    return kinds[0] if case.rank == 1 else kinds[-1]


def _service(desk: Desk, case: Case) -> str:
    included = [service.key for service in desk.plan.services if service.stance == Stance.INCLUDED]
    return next((key for key in case.services if key in included), included[0])


def _environment(desk: Desk, dice: Random, *, is_live: bool) -> Environment | None:
    if not desk.environments:
        return None
    return desk.environments[0] if is_live or dice.random() < 0.75 else dice.choice(desk.environments)
