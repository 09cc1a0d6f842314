"""What is written for a delivery: begun from its page, and found there again."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from proactive.models import Occurrence, State
from proactive.models.papers import Paper

#: Kind of service to the name of its page, what it is called, the page's parameter, and the row's attribute.
_PAPERS = {
    "health_assessment": ("assessment", "assessment", "assessment_id", "assessment"),
    "service_review": ("review", "review", "review_id", "review"),
    "licence_optimisation": ("licences", "look at the licences", "licence_id", "licencereview"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A way to what is written for a delivery, or to begin with it."""

    title: str
    text: str
    address: str
    action: str


def writing_of(one: Occurrence) -> Writing | None:
    """What is written for that delivery; None for services that need no report."""
    if one.programme.kind not in _PAPERS:
        return None
    name, words, parameter, attribute = _PAPERS[one.programme.kind]
    try:
        paper: Paper = getattr(one, attribute)
    except ObjectDoesNotExist:
        if one.state in (State.DELIVERED, State.SKIPPED):
            return None
        address = reverse(f"success:begin_{name}", kwargs={"occurrence_id": one.pk})
        title = f"No {words} is written yet"
        return Writing(
            title=title,
            text="Once it is written and published, this is delivered.",
            address=address,
            action="Begin it",
        )
    address = reverse(f"success:{name}", kwargs={parameter: paper.pk})
    text = "The client reads it." if paper.is_published else "A draft; publishing it delivers this."
    return Writing(title=paper.title, text=text, address=address, action="Open it")
