"""The calendar: planned services of a month, never those of another client."""

import pytest
from django.utils import timezone

from proactive.models import Occurrence
from proactive.services import make_programmes
from tests.factories import Desk
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def planned(desk: Desk) -> Occurrence:
    """The next mailing that the plan owes."""
    make_programmes(at=timezone.now(), contract=desk.contract)
    due = Occurrence.objects.filter(programme__service="insights", due_on__gte=timezone.now().date())
    return due.order_by("due_on")[0]


def test_what_is_due_stands_on_its_day(enter: EnterAs, planned: Occurrence) -> None:
    page = enter().page("calendar", f"?month={planned.due_on:%Y-%m}")
    assert f'href="#o{planned.pk}"' in page
    assert f'id="o{planned.pk}"' in page


def test_another_client_sees_none_of_it(enter: EnterAs, other: Desk, planned: Occurrence) -> None:
    page = enter(person=other.poc, slug="orca").page("calendar", f"?month={planned.due_on:%Y-%m}")
    assert f"o{planned.pk}" not in page


@pytest.mark.parametrize("asked", ["", "?month=2026-99", "?month=never", "?month=0001-01"])
def test_any_month_can_be_asked_for(enter: EnterAs, asked: str) -> None:
    assert enter().get("calendar", asked).status_code == 200


def test_the_next_ones_stand_on_the_first_page(enter: EnterAs, planned: Occurrence) -> None:
    assert planned.programme.label in enter().page("home")
