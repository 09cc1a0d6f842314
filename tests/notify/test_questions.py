"""Who hears of commercial questions (E4)."""

from __future__ import annotations

from django.core.mail import EmailMessage

from accounts.models import Assignment, Duty
from escalation.services import QuestionWords, answer_client, ask_account_executive
from tests.factories import MONDAY, actor_of
from tests.notify.told import Desk, belled, clear, mailed, names, tell

WORDS = QuestionWords(topic="pricing", subject="Fifty more users", text="What would they cost?")


def test_the_account_executive_hears_of_it_and_the_asker_of_the_answer(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    clear()
    question = ask_account_executive(actor=actor_of(desk.member), at=MONDAY, client=desk.client, words=WORDS)
    answer_client(actor=actor_of(desk.account_executive), at=MONDAY, question=question, text="900 a year.")
    tell()
    assert mailed("question.asked") == names(desk.account_executive)
    assert mailed("question.answered") == names(desk.member)
    assert belled("question.answered") == names(desk.member, desk.poc)
    assert f"http://127.0.0.1:8000/p/acme/questions/{question.pk}/" in mailoutbox[-1].body


def test_without_an_account_executive_the_success_manager_hears_of_it(desk: Desk) -> None:
    Assignment.objects.filter(client=desk.client, duty=Duty.ACCOUNT).delete()
    clear()
    ask_account_executive(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, words=WORDS)
    tell()
    assert mailed("question.asked") == names(desk.csm)
