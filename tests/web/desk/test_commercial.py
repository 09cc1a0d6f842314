"""Commercial questions at the desk (E4)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from escalation.models import CommercialQuestion
from escalation.services import QuestionWords, ask_account_executive
from tests.factories import Desk, actor_of
from tests.web.desk.conftest import SignIn, text_of

LIST = "/desk/questions/"


@pytest.fixture
def question(desk: Desk) -> CommercialQuestion:
    """What the point of contact wants to know."""
    words = QuestionWords(topic="licences", subject="Ten more seats", text="By when?")
    return ask_account_executive(actor=actor_of(desk.poc), at=timezone.now(), client=desk.client, words=words)


def test_the_account_executive_answers_and_closes(
    desk: Desk, question: CommercialQuestion, sign_in: SignIn
) -> None:
    browser, where = sign_in(desk.account_executive), f"{LIST}{question.pk}/"
    assert "Ten more seats" in text_of(browser, LIST)
    assert browser.post(where, {"text": " "}).status_code == 422
    browser.post(where, {"text": "Tomorrow."})
    assert "Tomorrow." in text_of(browser, where)
    browser.post(f"{where}close/")
    question.refresh_from_db()
    assert question.state == "closed"


def test_the_success_manager_reads_and_cannot_answer(
    desk: Desk, question: CommercialQuestion, sign_in: SignIn
) -> None:
    browser, where = sign_in(desk.csm), f"{LIST}{question.pk}/"
    assert "account executive answers" in text_of(browser, where)
    assert browser.post(where, {"text": "Tomorrow."}).status_code == 403


def test_engineers_have_no_part_in_it(desk: Desk, question: CommercialQuestion, sign_in: SignIn) -> None:
    browser = sign_in(desk.engineer)
    assert {browser.get(where).status_code for where in (LIST, f"{LIST}{question.pk}/")} == {404}


def test_the_side_bar_counts_what_waits(desk: Desk, question: CommercialQuestion, sign_in: SignIn) -> None:
    assert "wait for an answer" in text_of(sign_in(desk.account_executive), LIST)
    assert "Questions</span>" not in text_of(sign_in(desk.engineer), "/desk/")
