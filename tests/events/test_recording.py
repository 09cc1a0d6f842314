"""Recording what happened, and what reacts to it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from events.domain.actor import SYSTEM, Actor
from events.models import Record
from events.services import (
    ForMany,
    OutsideTransaction,
    Reaction,
    install_reactions,
    mark_dispatched,
    record,
    record_many,
)
from tests.events.test_event import LampLit
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db


def lamp(number: int, watts: int = 1) -> LampLit:
    return LampLit(client_id=None, subject_id=number, watts=watts)


def light(number: int, watts: int = 1) -> Record:
    return record(lamp(number, watts), at=MONDAY, actor=SYSTEM)


def lights(*numbers: int) -> Callable[[Record], None]:
    """A reaction that lights those lamps, each with one watt less, down to none."""

    def reaction(row: Record) -> None:
        if row.data["watts"] > 1:
            for number in numbers:
                light(row.subject_id * 10 + number, row.data["watts"] - 1)

    return reaction


def test_a_record_says_what_by_whom_and_when() -> None:
    ann = Actor(kind="system", name="Ann")
    row = record(lamp(7, 40), at=MONDAY, actor=ann)
    assert (row.kind, row.subject_type, row.subject_id, row.at) == ("test.lamp_lit", "lamp", 7, MONDAY)
    assert (row.actor_kind, row.actor_name, row.data["watts"]) == ("system", "Ann", 40)
    assert Record.objects.get().event() == lamp(7, 40)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(OutsideTransaction):
        light(1)
    with pytest.raises(OutsideTransaction):
        record_many([lamp(1)], at=MONDAY, actor=SYSTEM)
    assert not Record.objects.exists()


def test_reactions_run_in_the_order_of_the_table() -> None:
    heard: list[str] = []
    install_reactions(
        {"test.lamp_lit": (lambda row: heard.append("first"), lambda row: heard.append("second"))}
    )
    light(1)
    assert heard == ["first", "second"]


def test_what_reactions_record_is_handled_first_in_first_out() -> None:
    order: list[int] = []
    install_reactions({"test.lamp_lit": (lambda row: order.append(row.subject_id), lights(1, 2))})
    light(1, watts=3)
    assert order == [1, 11, 12, 111, 112, 121, 122]


def test_every_record_names_its_cause() -> None:
    install_reactions({"test.lamp_lit": (lights(1),)})
    light(1, watts=3)
    causes = dict(Record.objects.values_list("subject_id", "cause__subject_id"))
    assert causes == {1: None, 11: 1, 111: 11}


def test_a_reaction_finds_the_rows_of_its_cause_and_nothing_after() -> None:
    seen: list[int] = []
    install_reactions({"test.lamp_lit": (lambda row: seen.append(Record.objects.count()),)})
    light(1)
    assert seen == [1]


def test_when_a_reaction_fails_nothing_of_it_all_remains() -> None:
    def fail(row: Record) -> None:
        if row.subject_id == 11:
            raise RuntimeError("broken")

    install_reactions({"test.lamp_lit": (lights(1), fail)})
    with pytest.raises(RuntimeError), transaction.atomic():
        light(1, watts=2)
    assert not Record.objects.exists()


def test_after_a_failure_the_next_act_starts_afresh() -> None:
    def fail(row: Record) -> None:
        raise RuntimeError("broken")

    install_reactions({"test.lamp_lit": (lights(1, 2), fail)})
    with pytest.raises(RuntimeError), transaction.atomic():
        light(1, watts=2)
    install_reactions({})
    assert light(2).cause is None
    assert Record.objects.count() == 1


def test_kinds_that_nothing_reacts_to_are_only_kept() -> None:
    install_reactions({"test.other": (lights(1),)})
    light(1, watts=2)
    assert Record.objects.count() == 1


def test_many_events_cost_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        rows = record_many([lamp(number) for number in range(50)], at=MONDAY, actor=SYSTEM)
    assert [row.subject_id for row in rows] == list(range(50))
    assert all(row.pk for row in rows)


def test_many_events_wake_reactions_one_after_the_other() -> None:
    order: list[int] = []
    install_reactions({"test.lamp_lit": (lambda row: order.append(row.subject_id), lights(1))})
    record_many([lamp(1, 2), lamp(2, 2)], at=MONDAY, actor=SYSTEM)
    assert order == [1, 11, 2, 21]


def test_many_events_of_a_reaction_wait_their_turn() -> None:
    order: list[int] = []

    def two_more(row: Record) -> None:
        order.append(row.subject_id)
        if row.subject_id == 1:
            record_many([lamp(2), lamp(3)], at=MONDAY, actor=SYSTEM)

    install_reactions({"test.lamp_lit": (two_more,)})
    light(1)
    assert order == [1, 2, 3]
    assert set(Record.objects.filter(subject_id__gt=1).values_list("cause__subject_id", flat=True)) == {1}


def gathered(heard: list[list[int]]) -> Reaction:
    """A reaction to many at once that notes what it was given, and lights one more lamp for each."""

    def answer(rows: Sequence[Record]) -> None:
        heard.append([row.subject_id for row in rows])
        causes = [row for row in rows if row.data["watts"] > 1]
        more = [lamp(row.subject_id * 10, row.data["watts"] - 1) for row in causes]
        record_many(more, at=MONDAY, actor=SYSTEM, causes=causes)

    return ForMany(answer)


def test_what_answers_many_is_given_them_together_and_once() -> None:
    heard: list[list[int]] = []
    install_reactions({"test.lamp_lit": (gathered(heard),)})
    record_many([lamp(1), lamp(2), lamp(3)], at=MONDAY, actor=SYSTEM)
    assert heard == [[1, 2, 3]]


def test_a_single_record_is_a_batch_of_one() -> None:
    heard: list[list[int]] = []
    install_reactions({"test.lamp_lit": (gathered(heard),)})
    light(1, watts=2)
    assert heard == [[1], [10]]


def test_of_many_at_once_each_effect_names_its_own_cause() -> None:
    install_reactions({"test.lamp_lit": (gathered([]),)})
    record_many([lamp(1, 3), lamp(2, 2)], at=MONDAY, actor=SYSTEM)
    causes = dict(Record.objects.values_list("subject_id", "cause__subject_id"))
    assert causes == {1: None, 2: None, 10: 1, 20: 2, 100: 10}


def test_the_effects_of_many_are_gathered_too() -> None:
    heard: list[list[int]] = []
    install_reactions({"test.lamp_lit": (gathered(heard),)})
    record_many([lamp(1, 2), lamp(2, 2)], at=MONDAY, actor=SYSTEM)
    assert heard == [[1, 2], [10, 20]]


def test_beside_one_that_answers_many_the_others_still_hear_of_each() -> None:
    order: list[object] = []
    heard: list[list[int]] = []
    install_reactions(
        {"test.lamp_lit": (lambda row: order.append((row.subject_id, len(heard))), gathered(heard))}
    )
    record_many([lamp(1), lamp(2)], at=MONDAY, actor=SYSTEM)
    assert (order, heard) == ([(1, 0), (2, 0)], [[1, 2]])


def test_many_answered_at_once_cost_one_statement_for_their_effects(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    install_reactions({"test.lamp_lit": (gathered([]),)})
    with django_assert_num_queries(2):
        record_many([lamp(number, 2) for number in range(1, 51)], at=MONDAY, actor=SYSTEM)


def test_causes_are_named_for_all_events_or_for_none() -> None:
    cause = light(1)
    with pytest.raises(ValueError, match="zip"):
        record_many([lamp(2), lamp(3)], at=MONDAY, actor=SYSTEM, causes=[cause])
    assert Record.objects.count() == 1


def test_when_an_answer_to_many_fails_nothing_of_them_remains() -> None:
    def fail(rows: Sequence[Record]) -> None:
        raise RuntimeError("broken")

    install_reactions({"test.lamp_lit": (ForMany(fail),)})
    with pytest.raises(RuntimeError), transaction.atomic():
        record_many([lamp(1), lamp(2)], at=MONDAY, actor=SYSTEM)
    install_reactions({})
    assert (Record.objects.count(), light(3).cause) == (0, None)


def test_dispatching_is_noted_once() -> None:
    row = light(1)
    later = MONDAY + timedelta(hours=1)
    assert [mark_dispatched([row], at=MONDAY), mark_dispatched([row], at=later)] == [1, 0]
    row.refresh_from_db()
    assert row.dispatched_at == MONDAY
