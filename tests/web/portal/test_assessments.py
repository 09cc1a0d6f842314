"""Health assessments in the portal (P2): read once published, decided finding by finding, made tickets."""

from __future__ import annotations

import pytest

from proactive.models import Finding
from tests.factories import Desk, make_desk
from tests.factories.papers import WORDS, draft_assessment, published_assessment
from tests.web.portal.conftest import EnterAs
from tickets.models import Ticket


@pytest.fixture
def finding(desk: Desk) -> Finding:
    """A grave finding that the client reads."""
    return published_assessment(desk)[1]


def page_of(finding: Finding) -> dict[str, int]:
    """The address of its assessment."""
    return {"assessment_id": finding.assessment_id}


def test_everybody_of_the_client_reads_it(finding: Finding, enter: EnterAs) -> None:
    for role in ("poc", "member", "observer"):
        page = enter(role).page("assessment", "", **page_of(finding))
        assert WORDS.title in page
        assert WORDS.recommendation in page
    assert finding.assessment.title in enter("observer").page("services")


def test_a_draft_is_not_there(desk: Desk, enter: EnterAs) -> None:
    draft = draft_assessment(desk)
    assert enter("poc").get("assessment", assessment_id=draft.pk).status_code == 404
    assert draft.title not in enter("poc").page("services")


def test_another_clients_is_not_there(finding: Finding, enter: EnterAs) -> None:
    stranger = enter(person=make_desk("ORCA").poc, slug="orca")
    assert stranger.get("assessment", "", **page_of(finding)).status_code == 404
    assert stranger.post("decide_finding", {"decision": "accept"}, finding_id=finding.pk).status_code == 404


def test_a_point_of_contact_decides(finding: Finding, enter: EnterAs) -> None:
    poc = enter("poc")
    poc.post("decide_finding", {"decision": "plan", "planned_on": "2027-02-01"}, finding_id=finding.pk)
    page = poc.page("assessment", "", **page_of(finding))
    assert "Plan it for later" in page
    assert "1 Feb 2027" in page


def test_leaving_it_needs_a_word(finding: Finding, enter: EnterAs) -> None:
    answer = enter("poc").post("decide_finding", {"decision": "decline"}, finding_id=finding.pk)
    assert answer.status_code == 422
    assert "Say why it stays as it is" in answer.content.decode()
    assert Finding.objects.get().decision == ""


def test_a_member_reads_who_decides(finding: Finding, enter: EnterAs) -> None:
    member = enter("member")
    assert "point of contact of your company" in member.page("decide_finding", finding_id=finding.pk)
    assert member.post("decide_finding", {"decision": "accept"}, finding_id=finding.pk).status_code == 403


def test_a_finding_becomes_a_ticket_once(finding: Finding, enter: EnterAs) -> None:
    poc = enter("poc")
    answers = [poc.post("finding_ticket", finding_id=finding.pk) for _ in range(2)]
    ticket = Ticket.objects.get()
    assert {answer["Location"] for answer in answers} == {poc.address("ticket", key=ticket.key)}
    assert ticket.key in poc.page("assessment", "", **page_of(finding))


def test_it_can_be_had_as_a_file(finding: Finding, enter: EnterAs) -> None:
    answer = enter("observer").get("assessment_pdf", "", **page_of(finding))
    assert answer.content[:5] == b"%PDF-"
    assert ".pdf" in answer["Content-Disposition"]
