"""When a delivery is tried again, and when we stop."""

from datetime import timedelta

import pytest

from notify.domain.schedule import GREYLIST_WAIT, HOOK_STEPS, MAIL_LIFE, next_hook_at, next_mail_at
from tests.factories import MONDAY


def mail_wait(attempts: int, *, is_refused: bool = False) -> timedelta:
    again_at = next_mail_at(first_due_at=MONDAY, now=MONDAY, attempts=attempts, is_refused_for_now=is_refused)
    assert again_at is not None
    return again_at - MONDAY


def hook_wait(attempts: int, *, jitter: float = 0.0, asked: timedelta | None = None) -> timedelta:
    again_at = next_hook_at(now=MONDAY, attempts=attempts, jitter=jitter, asked_wait=asked)
    assert again_at is not None
    return again_at - MONDAY


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 30), (5, 60), (6, 120), (7, 240), (30, 240)]
)
def test_a_mail_waits_longer_after_each_try_up_to_four_hours(attempts: int, minutes: int) -> None:
    assert mail_wait(attempts) == timedelta(minutes=minutes)


def test_a_server_that_refuses_for_now_gets_at_least_five_minutes() -> None:
    assert mail_wait(1, is_refused=True) == GREYLIST_WAIT
    assert mail_wait(4, is_refused=True) == timedelta(minutes=30)


def test_a_mail_is_given_up_when_its_five_days_are_over() -> None:
    late = MONDAY + MAIL_LIFE - timedelta(hours=3)
    assert next_mail_at(first_due_at=MONDAY, now=late, attempts=30, is_refused_for_now=False) is None


def test_a_webhook_follows_the_steps_of_the_standard_for_some_76_hours() -> None:
    assert [hook_wait(number) for number in range(1, 10)] == list(HOOK_STEPS)
    assert timedelta(hours=75) < sum(HOOK_STEPS, timedelta()) < timedelta(hours=77)


def test_a_webhook_is_given_up_after_its_tenth_try() -> None:
    assert next_hook_at(now=MONDAY, attempts=10, jitter=0.0) is None


def test_jitter_adds_a_tenth_at_most_and_never_shortens() -> None:
    assert hook_wait(2, jitter=1.0) == HOOK_STEPS[1] * 1.1
    assert hook_wait(2, jitter=0.0) == HOOK_STEPS[1]


def test_a_receivers_wish_lengthens_the_wait_up_to_a_day() -> None:
    assert hook_wait(1, asked=timedelta(hours=1)) == timedelta(hours=1)
    assert hook_wait(1, asked=timedelta(days=9)) == timedelta(hours=24)
    assert hook_wait(3, asked=timedelta(seconds=1)) == HOOK_STEPS[2]
