"""A mailing to many: batches, their mails in the outbox, and what a mail to one waits for meanwhile (P5).

python -m benchmarks.mailings 10000
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.slo_world import database
from notify.models import Delivery
from notify.services import dispatch
from notify.services.claiming import claim_mail
from proactive.models import Mailing, MailingRecipient
from proactive.services import send_mailing_now
from proactive.services.posting import begin_mailings, post_batch
from tests.factories import MONDAY, Desk, actor_of, make_ticket
from tests.factories.mailings import draft_insight, mail_desk


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that the act takes."""
    since = time.perf_counter()
    act()
    return (time.perf_counter() - since) * 1000


def crowd(desk: Desk, people: int) -> None:
    """That many contacts of the client."""
    person_row, membership_row = type(desk.poc), type(desk.poc.memberships.get())
    made = person_row.objects.bulk_create(
        [
            person_row(email=f"reader{number}@crowd.example", name=f"Reader {number}")
            for number in range(people)
        ],
        batch_size=2000,
    )
    membership_row.objects.bulk_create(
        [membership_row(client=desk.client, person=person, role="member") for person in made], batch_size=2000
    )


def dispatch_all() -> None:
    """Make every row of the outbox."""
    while dispatch(at=MONDAY, limit=5):
        continue


def main(people: int) -> None:
    """Send an insight to that many, and print what it cost."""
    with database():
        desk = mail_desk()
        crowd(desk, people)
        mailing: Mailing = draft_insight(desk)
        send_mailing_now(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing)
        beginning = timed(lambda: begin_mailings(at=MONDAY))
        batches = []
        with CaptureQueriesContext(connection) as statements:
            while Mailing.objects.filter(state="sending").exists():
                batches.append(timed(lambda: post_batch(at=MONDAY)))
        outbox = timed(dispatch_all)
        mails = Delivery.objects.filter(is_bulk=True).count()
        ticket = timed(lambda: make_ticket(desk.contract, requester=desk.member))
        later = MONDAY + timedelta(minutes=1)
        first = claim_mail(now=later)
        is_first = first is not None and not first.is_bulk
        claims = [timed(lambda: claim_mail(now=later)) for _ in range(50)]
        figures = [
            (
                "people",
                f"{MailingRecipient.objects.count():,}, {mails:,} mails",
            ),
            ("begin it", f"{beginning:,.0f} ms"),
            (
                "a batch of 500",
                f"{statistics.median(batches):,.0f} ms, longest {max(batches):,.0f} ms, "
                f"{len(statements) / len(batches):.1f} statements",
            ),
            ("rows of the outbox", f"{outbox / 1000:,.1f} s"),
            (
                "a ticket meanwhile",
                f"{ticket:,.0f} ms; its mail goes first: {is_first}",
            ),
            ("claim of a mail", f"{statistics.median(claims):.1f} ms"),
        ]
    for name, value in figures:
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
