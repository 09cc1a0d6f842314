"""Reports as PDF: whole, the same bytes each time, and nothing in them is fetched or run."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from proactive.printing.assessment import assessment_pdf
from proactive.queries import checks_of, findings_of
from tests.factories import Desk, make_desk
from tests.factories.papers import draft_assessment, published_assessment

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care."""
    return make_desk()


def test_an_assessment_is_printed_the_same_each_time(desk: Desk) -> None:
    made, _ = published_assessment(desk)
    checks, findings = checks_of(made), findings_of(made)
    first, second = (assessment_pdf(made, checks=checks, findings=findings, zone=LONDON) for _ in range(2))
    assert first[:5] == b"%PDF-"
    assert first == second


def test_a_text_that_looks_like_markup_is_printed_as_it_stands(desk: Desk) -> None:
    draft = draft_assessment(desk)
    draft.summary = "<img src='file:///etc/passwd'> ![x](http://192.0.2.1/x) {{ 7 }} \u4e2d\u6587"
    content = assessment_pdf(draft, checks=[], findings=[], zone=LONDON)
    assert b"/Subtype /Image" not in content
    assert b"192.0.2.1" not in content
