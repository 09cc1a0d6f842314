"""Questions to the account executive: asked, answered, asked back, closed (E4)."""

from __future__ import annotations

from typing import Any

import pytest

from escalation.domain.questions import sounds_commercial
from escalation.models import CommercialQuestion, Escalation
from escalation.queries import questions_visible_to, waiting_questions
from escalation.services import (
    QuestionWords,
    answer_client,
    ask_account_executive,
    ask_again,
    close_question,
)
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_contract, make_desk, make_ticket, moment, refused

LATER = moment("2026-03-03 10:00")
WORDS = QuestionWords(topic="pricing", subject="Fifty more users", text="What would they cost?")


def ask(desk: Desk, role: str = "poc", **facts: Any) -> CommercialQuestion:  # noqa: ANN401
    """A question of that person."""
    actor = actor_of(desk.person(role))
    return ask_account_executive(actor=actor, at=MONDAY, client=desk.client, **{"words": WORDS, **facts})


def test_it_is_asked_answered_asked_back_and_closed_and_nothing_escalates(desk: Desk) -> None:
    question = ask(desk)
    ours, theirs = actor_of(desk.account_executive), actor_of(desk.poc)
    assert answer_client(actor=ours, at=LATER, question=question, text="900 a year.").state == "answered"
    assert ask_again(actor=theirs, at=LATER, question=question, text="Each?").state == "asked"
    answer_client(actor=ours, at=LATER, question=question, text="All of them.")
    assert close_question(actor=theirs, at=LATER, question=question).closed_at == LATER
    assert [line.is_staff for line in question.lines.all()] == [False, True, False, True]
    kinds = Record.objects.filter(subject_type="commercialquestion").order_by("id")
    assert [row.kind.partition(".")[2] for row in kinds] == [
        *("asked", "answered", "asked", "answered", "closed")
    ]
    assert not Escalation.objects.exists()


def test_a_form_sent_twice_asks_once(desk: Desk) -> None:
    assert ask(desk, submission_id="one") == ask(desk, submission_id="one")
    assert waiting_questions(actor_of(desk.account_executive)).count() == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (QuestionWords(topic="weather", subject="x", text="x"), "topic"),
        (QuestionWords(topic="pricing", subject=" \n", text="x"), "subject"),
        (QuestionWords(topic="pricing", subject="x" * 201, text="x"), "subject"),
        (QuestionWords(topic="pricing", subject="x", text="\x00 "), "text"),
        (QuestionWords(topic="pricing", subject="x", text="x" * 5001), "text"),
    ],
)
def test_what_is_missing_or_endless_is_said_at_its_field(
    desk: Desk, words: QuestionWords, field: str
) -> None:
    with refused(Invalid, field=field):
        ask(desk, words=words)


@pytest.mark.parametrize("role", ["observer", "engineer", "lead", "account_executive"])
def test_only_the_clients_own_people_ask(desk: Desk, role: str) -> None:
    with refused(NotAllowed):
        ask(desk, role)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        *(("poc", 2), ("observer", 2), ("member", 1), ("engineer", 0)),
        *(("account_executive", 2), ("csm", 2), ("lead", 2)),
    ],
)
def test_who_reads_what(desk: Desk, role: str, seen: int) -> None:
    ask(desk)
    ask(desk, "member")
    assert questions_visible_to(actor_of(desk.person(role))).count() == seen


def test_only_the_account_executive_and_administrators_answer(desk: Desk) -> None:
    question = ask(desk)
    for role in ("csm", "lead", "poc"):
        with refused(NotAllowed):
            answer_client(actor=actor_of(desk.person(role)), at=LATER, question=question, text="Ten.")
    answer_client(actor=actor_of(desk.administrator), at=LATER, question=question, text="Ten.")


def test_a_second_click_says_nothing_new(desk: Desk) -> None:
    question, ours, theirs = ask(desk), actor_of(desk.account_executive), actor_of(desk.poc)
    for _ in range(2):
        answer_client(actor=ours, at=LATER, question=question, text="Ten.")
    for _ in range(2):
        ask_again(actor=theirs, at=LATER, question=question, text="Each?")
    assert [line.text for line in question.lines.all()] == [WORDS.text, "Ten.", "Each?"]


def test_staff_do_not_close_what_waits_for_an_answer(desk: Desk) -> None:
    question = ask(desk)
    with refused(Conflict, "answer first"):
        close_question(actor=actor_of(desk.account_executive), at=LATER, question=question)


def test_a_closed_matter_stays_closed(desk: Desk) -> None:
    question = ask(desk)
    close_question(actor=actor_of(desk.poc), at=LATER, question=question)
    with refused(Conflict, "ask a new question"):
        ask_again(actor=actor_of(desk.poc), at=LATER, question=question, text="And?")


def test_contract_and_ticket_must_be_the_clients_own(desk: Desk) -> None:
    other = make_desk("ORCA")
    for fact in ({"contract": other.contract}, {"ticket": make_ticket(other.contract)}):
        with refused(NotHere):
            ask(desk, **fact)
    own = make_contract(desk.client, "pay-as-you-go")
    assert ask(desk, contract=own).contract == own


@pytest.mark.parametrize(
    ("text", "is_commercial"),
    [
        ("What does the renewal cost?", True),
        ("Wann läuft unser Vertrag aus?", True),
        ("Nous attendons le devis.", True),
        ("Can we get a DISCOUNT", True),
        ("Nobody answers, and the shop is down.", False),
        ("The index is enterprise-wide broken.", False),
    ],
)
def test_which_words_sound_commercial(text: str, is_commercial: bool) -> None:
    assert sounds_commercial(text) is is_commercial
