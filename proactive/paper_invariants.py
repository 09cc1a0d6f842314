"""What must always hold of what is asked for and written; an empty answer is health."""

from __future__ import annotations

from itertools import islice
from typing import Final

from django.db.models import Count, F
from django.db.models.functions import TruncQuarter

from events.invariants import MOST_NAMED, named
from events.invariants import Check as Rule
from proactive.domain.pack import digest_of
from proactive.models import Assessment, Check, Finding, LicenceReview, Occurrence, Review, State

#: Everything that is written for a contract.
PAPERS: Final = (Assessment, Review, LicenceReview)


def requests_stay_below_their_ceiling() -> list[str]:
    """What is delivered on request was never asked for more often in a quarter than the plan allows."""
    asked = Occurrence.objects.filter(requested_on__isnull=False).exclude(state=State.SKIPPED)
    quarters = (
        asked.annotate(quarter=TruncQuarter("requested_on"))
        .order_by()
        .values("programme_id", "programme__limit", "quarter")
        .annotate(number=Count("id"))
        .filter(number__gt=F("programme__limit"))
    )
    return [
        f"Programme {row['programme_id']} was asked for {row['number']} times from {row['quarter']} on."
        for row in quarters[:MOST_NAMED]
    ]


def papers_are_of_their_contract() -> list[str]:
    """What is written is of its contract's client, and fulfils a delivery of that contract."""
    lines = []
    for papers in PAPERS:
        rows = papers._default_manager.all()
        lines += named(rows.exclude(client=F("contract__client")), "is not of its contract's client")
        fulfilling = rows.filter(occurrence__isnull=False)
        elsewhere = fulfilling.exclude(contract=F("occurrence__programme__contract"))
        lines += named(elsewhere, "fulfils a delivery of another contract")
    return lines


def published_assessments_are_whole() -> list[str]:
    """A published assessment has looked at every point, and only published findings are decided about."""
    unseen = Check.objects.filter(outcome="", assessment__published_at__isnull=False)
    early = Finding.objects.filter(assessment__published_at__isnull=True).exclude(decision="", ticket=None)
    return [*named(unseen, "was published unseen"), *named(early, "was decided before it was published")]


def reviews_are_as_they_were_read() -> list[str]:
    """The figures of a published review are those of their digest."""
    published = Review.objects.filter(published_at__isnull=False).order_by("pk").iterator(chunk_size=50)
    changed = (review.pk for review in published if digest_of(review.pack) != review.digest)
    return [
        f"Review {pk} has other figures than it was published with." for pk in islice(changed, MOST_NAMED)
    ]


PAPER_INVARIANTS: Final[tuple[tuple[str, Rule], ...]] = (
    ("planned work: asked for within the ceiling", requests_stay_below_their_ceiling),
    ("papers: of their contract", papers_are_of_their_contract),
    ("papers: published ones are whole", published_assessments_are_whole),
    ("papers: reviews are as they were read", reviews_are_as_they_were_read),
)
