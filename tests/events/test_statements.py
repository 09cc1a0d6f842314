"""One statement changes many rows, each to values of its own, on both databases."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from events.domain.actor import SYSTEM
from events.models import Record
from events.services import record_many
from events.statements import update_rows
from tests.events.test_event import LampLit
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db


def lit(number: int) -> list[Record]:
    """That many records to change."""
    lamps = [LampLit(client_id=None, subject_id=one, watts=40) for one in range(number)]
    return record_many(lamps, at=MONDAY, actor=SYSTEM)


def test_every_row_takes_its_own_values() -> None:
    rows = lit(3)
    values = [(row.pk, f"Ann {row.subject_id}", MONDAY + timedelta(hours=row.subject_id)) for row in rows]
    update_rows(Record, columns=("actor_name", "dispatched_at"), rows=values)
    stored = Record.objects.order_by("id").values_list("id", "actor_name", "dispatched_at")
    assert list(stored) == values


def test_columns_of_nothing_but_null_are_emptied() -> None:
    rows = lit(2)
    Record.objects.update(dispatched_at=MONDAY)
    update_rows(Record, columns=("dispatched_at",), rows=[(row.pk, None) for row in rows])
    assert not Record.objects.filter(dispatched_at__isnull=False).exists()


def test_moments_keep_their_microseconds() -> None:
    (row,) = lit(1)
    moment = MONDAY + timedelta(microseconds=123_456)
    update_rows(Record, columns=("dispatched_at",), rows=[(row.pk, moment)])
    assert Record.objects.get(dispatched_at=moment) == row


def test_texts_are_values_and_never_part_of_the_statement() -> None:
    (row,) = lit(1)
    text = "'; DROP TABLE events_record; -- %s {0} €"
    update_rows(Record, columns=("actor_name",), rows=[(row.pk, text)])
    assert Record.objects.get().actor_name == text


def test_other_rows_and_other_columns_stay() -> None:
    first, second = lit(2)
    update_rows(Record, columns=("actor_name",), rows=[(first.pk, "Ann")])
    second.refresh_from_db()
    assert (second.actor_name, second.data) == (SYSTEM.name, {"watts": 40, "colour": "white"})
    first.refresh_from_db()
    assert (first.at, first.subject_id) == (MONDAY, 0)


def test_rows_that_are_gone_are_passed_over() -> None:
    update_rows(Record, columns=("actor_name",), rows=[(999_999, "Nobody")])
    assert not Record.objects.exists()


@pytest.mark.parametrize(("number", "statements"), [(0, 0), (1, 1), (500, 1), (501, 2)])
def test_five_hundred_rows_are_one_statement(
    number: int, statements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [(row.pk, "Ann") for row in lit(number)]
    with django_assert_num_queries(statements):
        update_rows(Record, columns=("actor_name",), rows=rows)
    assert Record.objects.filter(actor_name="Ann").count() == number


def test_a_row_that_lacks_a_value_is_refused_and_nothing_is_written() -> None:
    (row,) = lit(1)
    with pytest.raises(ValueError, match="zip"):
        update_rows(Record, columns=("actor_name", "dispatched_at"), rows=[(row.pk, "Ann")])
    assert Record.objects.get().actor_name == SYSTEM.name
