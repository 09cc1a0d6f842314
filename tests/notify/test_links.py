"""Where a notice about hours leads: to the page on which it is settled, for staff and for the client."""

import pytest
from django.urls import resolve

from events.models import Record
from notify.links import link_for
from tests.factories import Desk, make_desk


@pytest.mark.parametrize(
    ("kind", "facts", "is_staff", "name"),
    [
        ("line.questioned", {"question_id": 7, "key": "ACME-1"}, True, "desk:answer_line"),
        ("line.answered", {"entry_id": 7, "key": "ACME-1"}, False, "portal:question"),
        ("top_up.requested", {"top_up_id": 7}, True, "desk:decide_order"),
        ("top_up.decided", {"top_up_id": 7}, False, "portal:hours"),
        ("overage.requested", {"request_id": 7}, False, "portal:hours"),
        ("overage.decided", {"request_id": 7}, True, "desk:hours"),
        ("balance.warned", {"percent": 75}, False, "portal:hours"),
    ],
)
def test_a_notice_about_hours_leads_to_where_they_are_settled(
    db: None, kind: str, facts: dict[str, object], is_staff: bool, name: str
) -> None:
    desk: Desk = make_desk()
    link = link_for(Record(kind=kind, data=facts), is_staff=is_staff, client=desk.client)
    assert resolve(link.partition("?")[0]).view_name == name
