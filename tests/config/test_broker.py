"""Wake-ups travel over the real broker, and one that is away keeps nobody waiting."""

import time

import pytest

from config.celery import app

heard: list[str] = []


@app.task(name="tests.hear")
def hear(word: str) -> None:
    """Take note of a word, in the worker's thread."""
    heard.append(word)


@pytest.mark.services
def test_a_worker_hears_a_wake_up(celery_worker: object) -> None:
    heard.clear()
    hear.delay("bell")
    deadline = time.monotonic() + 60
    while not heard and time.monotonic() < deadline:
        time.sleep(0.02)
    assert heard == ["bell"]


def test_no_message_is_tried_again_and_again_in_the_caller() -> None:
    assert app.conf.task_publish_retry is False
    options = app.conf.broker_transport_options
    assert options.get("max_retries", 0) == 0


def test_tasks_are_acknowledged_late_and_leave_no_result() -> None:
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)
    assert (app.conf.worker_prefetch_multiplier, app.conf.task_ignore_result) == (1, True)
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < 300
