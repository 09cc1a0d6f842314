"""Bad input at every door of paid time: refused with words that say how to mend it, and without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from events.domain.actor import Actor
from events.domain.errors import DomainError, Invalid, NotAllowed, NotHere
from events.models import Record
from hours import services
from hours.models import OverageRequest, TimeEntry
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, make_hours

LONG = "x" * 2001


@contextmanager
def refused(kind: type[DomainError], match: str | None = None, *, field: str = "") -> Iterator[None]:
    """The act inside is refused in that way and leaves neither a row nor an event."""
    before = counts()
    with pytest.raises(kind, match=match) as caught:
        yield
    assert len(caught.value.detail) > 10 or kind is NotHere
    assert not field or caught.value.fields[field]
    assert counts() == before


def counts() -> list[int]:
    """How many rows paid time and the event log hold."""
    models: list[type[Model]] = [*apps.get_app_config("hours").get_models(), Record]
    return [model._default_manager.count() for model in models]


@pytest.fixture
def begun(hours: Hours) -> Hours:
    """An open account with an hour drawn."""
    hours.log(60)
    return hours


@pytest.fixture
def payg(db: None) -> Hours:
    """A contract by the hour, its account open."""
    there = make_hours("PAYG", "pay-as-you-go", reserved=0, hours_period="")
    services.open_account(contract=there.contract, at=MONDAY)
    return there


def ask(hours: Hours, *, role: str = "engineer", **facts: Any) -> OverageRequest:  # noqa: ANN401
    """Ask the client for four hours ahead."""
    words = {"ticket": hours.ticket, "minutes": 240, "text": "Move the desk", **facts}
    return services.request_overage(actor=hours.actor(role), at=MONDAY, **words)


def question(hours: Hours, *, role: str = "poc", text: str = "What for?") -> object:
    """Ask about the first entry."""
    entry = TimeEntry.objects.earliest("id")
    return services.question_line(actor=hours.actor(role), at=MONDAY, entry=entry, text=text)


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"note": ""}, "note", "client reads"),
        ({"note": LONG}, "note", "2000"),
        ({"activity": ""}, "activity", "Choose"),
        ({"emergency_reason": "x" * 301}, "reason", "300"),
        ({"worked_on": date(2026, 3, 9)}, "worked_on", "2 March 2026"),
        ({"worked_on": date(2025, 12, 31)}, "worked_on", "1 March 2026"),
    ],
)
def test_an_unfit_entry_is_refused_with_words_to_its_field(
    begun: Hours, facts: dict[str, Any], field: str, words: str
) -> None:
    with refused(Invalid, words, field=field):
        begun.log(15, **facts)


def test_every_faulty_field_of_an_entry_is_told_at_once(begun: Hours) -> None:
    with pytest.raises(Invalid) as caught:
        begun.log(0, note=" ", activity="gardening")
    assert set(caught.value.fields) == {"note", "activity", "minutes"}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "reverse the entry"), (-15, "reverse the entry"), (1500, "split the work"), (0.5, "whole minutes")],
)
def test_unfit_minutes_are_refused_with_what_to_do_instead(begun: Hours, minutes: int, words: str) -> None:
    with refused(Invalid, words, field="minutes"):
        begun.log(minutes)


def test_a_closed_month_is_refused_with_both_ways_to_mend_it(begun: Hours) -> None:
    at = moment("2026-04-10 09:00")
    services.close_months(at=at)
    with refused(Invalid, "correct an entry of that month", field="worked_on"):
        begun.log(15, at=at, worked_on=date(2026, 3, 2))


def test_a_day_after_the_contract_points_to_its_successor(db: None) -> None:
    ended = make_hours(ends_on=date(2026, 3, 10))
    ended.log(15)
    with refused(Invalid, "successor", field="worked_on"):
        ended.log(15, at=moment("2026-03-11 09:00"))


def test_a_request_key_that_is_too_long_is_refused(begun: Hours) -> None:
    with refused(Invalid, "64"):
        begun.log(15, request_key="k" * 65)


def test_an_excluded_scope_is_refused_with_three_ways_out(begun: Hours) -> None:
    begun.ticket.category = "infrastructure"
    begun.ticket.save()
    with refused(Invalid, "exception or a change request .* lead", field="activity"):
        begun.log(15)


def test_somebody_elses_entry_says_who_may_correct_it(begun: Hours) -> None:
    entry = begun.log(15, role="lead")
    with refused(NotAllowed, "its person corrects it, or a lead"):
        services.reverse_entry(actor=begun.actor("engineer"), at=MONDAY, entry=entry, reason="Not mine")


def test_another_clients_entry_is_not_there(begun: Hours) -> None:
    entry, stranger = TimeEntry.objects.get(), make_hours("OTHER").actor("engineer")
    with refused(NotHere):
        services.reverse_entry(actor=stranger, at=MONDAY, entry=entry, reason="Not mine")


@pytest.mark.parametrize("minutes", [0, -1, 100_001, 1.5, True])
def test_an_estimate_of_unfit_minutes_is_refused(begun: Hours, minutes: int) -> None:
    with refused(Invalid, "whole minutes", field="minutes"):
        ask(begun, minutes=minutes)


def test_the_client_is_not_asked_without_words(begun: Hours) -> None:
    with refused(Invalid, field="text"):
        ask(begun, text="  ")


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_who_does_not_work_on_it_asks_for_no_overage(begun: Hours, role: str) -> None:
    with refused(NotAllowed):
        ask(begun, role=role)


def test_a_plan_without_hours_needs_no_overage(db: None) -> None:
    plain = make_hours("NOHRS", "managed-self-hosted", hours_period="", reserved=0)
    services.open_account(contract=plain.contract, at=MONDAY)
    with refused(Invalid, "no hours"):
        ask(plain)


def test_an_integration_does_not_approve_in_a_persons_place(begun: Hours) -> None:
    request = ask(begun)
    key = Actor(kind="integration", name="Jira", roles={begun.desk.client.pk: "poc"})
    with refused(NotAllowed, "point of contact"):
        services.decide_overage(actor=key, at=MONDAY, overage=request, approve=True)


@pytest.mark.parametrize("late", [timedelta(minutes=16), timedelta(days=-1)])
def test_a_sign_in_of_another_time_does_not_open_a_large_approval(begun: Hours, late: timedelta) -> None:
    begun.contract.overage_reauth_minutes = 60
    begun.contract.save()
    request, stale = ask(begun), MONDAY - late
    with refused(NotAllowed, "sign in again"):
        services.decide_overage(
            actor=begun.actor("poc"), at=MONDAY, overage=request, approve=True, reauthenticated_at=stale
        )


def test_a_small_approval_needs_no_new_sign_in(begun: Hours) -> None:
    begun.contract.overage_reauth_minutes = 240
    begun.contract.save()
    poc = begun.actor("poc")
    assert services.decide_overage(actor=poc, at=MONDAY, overage=ask(begun), approve=True).minutes == 240


def test_declining_needs_no_new_sign_in(begun: Hours) -> None:
    begun.contract.overage_reauth_minutes = 0
    begun.contract.save()
    poc = begun.actor("poc")
    made = services.decide_overage(actor=poc, at=MONDAY, overage=ask(begun), approve=False)
    assert made.state == "declined"


@pytest.mark.parametrize("role", ["observer", "member", "engineer", "csm", "lead"])
def test_nobody_but_a_point_of_contact_orders_a_pack(payg: Hours, role: str) -> None:
    with refused(NotAllowed, "point of contact"):
        services.request_top_up(actor=payg.actor(role), at=MONDAY, contract=payg.contract, pack="20-hours")


def test_a_pack_without_a_price_in_the_contracts_currency_is_not_on_offer(payg: Hours) -> None:
    payg.contract.currency = "EUR"
    payg.contract.save()
    with refused(Invalid, "not on offer", field="pack"):
        services.request_top_up(actor=payg.actor("poc"), at=MONDAY, contract=payg.contract, pack="20-hours")


def test_another_clients_contract_takes_no_order(payg: Hours) -> None:
    stranger = make_hours("OTHER").actor("poc")
    with refused(NotHere):
        services.request_top_up(actor=stranger, at=MONDAY, contract=payg.contract, pack="20-hours")


def test_a_question_needs_words(begun: Hours) -> None:
    with refused(Invalid, field="text"):
        question(begun, text=" ")


@pytest.mark.parametrize("role", ["observer", "engineer", "lead", "account_executive"])
def test_who_does_not_pay_questions_no_line(begun: Hours, role: str) -> None:
    with refused(NotAllowed, "point of contact"):
        question(begun, role=role)


@pytest.mark.parametrize(("role", "answer"), [("engineer", " "), ("lead", "")])
def test_an_answer_needs_words(begun: Hours, role: str, answer: str) -> None:
    asked: Any = question(begun)
    with refused(Invalid, field="answer"):
        services.answer_question(actor=begun.actor(role), at=MONDAY, question=asked, answer=answer)


def test_the_client_does_not_answer_its_own_question(begun: Hours) -> None:
    asked: Any = question(begun)
    with refused(NotAllowed):
        services.answer_question(actor=begun.actor("poc"), at=MONDAY, question=asked, answer="I know")


def test_work_that_does_not_fit_is_no_refusal(begun: Hours) -> None:
    assert begun.log(20 * HOUR).state == "held"
