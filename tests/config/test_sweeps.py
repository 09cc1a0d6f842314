"""The timetable names real tasks, and `sweep` runs them with no broker."""

import pytest
from celery import Task
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from config import celery
from config.management.commands import sweep


@pytest.mark.parametrize("name", celery.SWEEPS)
def test_every_sweep_is_a_task_without_arguments(name: str) -> None:
    dotted, seconds = celery.SWEEPS[name]
    task = import_string(dotted)
    assert isinstance(task, Task)
    assert task.run.__code__.co_argcount == 0
    assert 1 <= seconds <= 60


def test_a_bell_that_nobody_heard_expires() -> None:
    entries = celery.app.conf.beat_schedule.values()
    assert {entry["task"] for entry in entries} == {task for task, _ in celery.SWEEPS.values()}
    assert all(entry["options"]["expires"] >= entry["schedule"] for entry in entries)


@pytest.mark.django_db(transaction=True)
def test_every_sweep_ends_well_on_an_empty_desk() -> None:
    call_command("sweep", once=True)


@pytest.mark.django_db
def test_a_sweep_that_fails_is_named_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sweep, "SWEEPS", {"bad": ("absent.task", 1.0), "good": (f"{__name__}.good", 1.0)})
    monkeypatch.setattr(f"{__name__}.good", lambda: told.append("good"), raising=False)
    with pytest.raises(CommandError, match=r"Failed: bad\."):
        call_command("sweep", once=True)
    assert told == ["good"]
