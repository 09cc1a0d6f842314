"""The life of a ticket."""

import pytest

from tickets.domain.lifecycle import (
    CLIENT_WORDS,
    FINAL_STATUSES,
    MOVES,
    OPEN_STATUSES,
    STAFF_WORDS,
    Status,
    is_allowed,
    waits_for,
)


def test_every_status_has_words_for_both_sides_and_a_place_in_the_table() -> None:
    assert set(MOVES) == set(STAFF_WORDS) == set(CLIENT_WORDS) == set(Status)


def test_closed_and_cancelled_are_final() -> None:
    assert set(FINAL_STATUSES) == {"closed", "cancelled"}
    assert set(OPEN_STATUSES) | set(FINAL_STATUSES) == {status.value for status in Status}


@pytest.mark.parametrize("before", [status for status in Status if status.value in OPEN_STATUSES])
def test_no_open_status_is_a_dead_end(before: Status) -> None:
    assert MOVES[before]


@pytest.mark.parametrize(
    "before",
    [Status.NEW, Status.IN_PROGRESS, Status.WAITING_ON_CLIENT, Status.WAITING_ON_VENDOR, Status.SCHEDULED],
)
def test_work_that_goes_on_can_be_resolved_or_cancelled(before: Status) -> None:
    assert is_allowed(before, Status.RESOLVED)
    assert is_allowed(before, Status.CANCELLED)


def test_only_a_resolved_ticket_closes() -> None:
    assert [before for before in Status if is_allowed(before, Status.CLOSED)] == [Status.RESOLVED]


def test_nothing_becomes_new_again() -> None:
    assert not any(is_allowed(before, Status.NEW) for before in Status)


def test_no_status_follows_itself() -> None:
    assert not any(is_allowed(status, status) for status in Status)


@pytest.mark.parametrize(
    ("status", "whom"),
    [
        ("new", "provider"),
        ("in_progress", "provider"),
        ("scheduled", "provider"),
        ("waiting_on_client", "client"),
        ("resolved", "client"),
        ("waiting_on_vendor", "vendor"),
        ("closed", ""),
        ("cancelled", ""),
    ],
)
def test_each_status_says_who_acts_next(status: str, whom: str) -> None:
    assert waits_for(status) == whom
