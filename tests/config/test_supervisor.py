"""What dies is started again, what is hopeless is given up, and nothing outlives its supervisor."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.supervisor import (
    LONGEST_PAUSE_SECONDS,
    MOST_DEATHS,
    WINDOW_SECONDS,
    AlreadyRunningError,
    Child,
    Supervisor,
    hold_lock,
)

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)",
]
ORPHANS = """
import os, sys, time
from pathlib import Path
from config.supervisor import Child
command = [sys.executable, "-c", "import time; time.sleep(60)"]
child = Child(name="x", command=command, environment=dict(os.environ))
child.start()
print(child.running.pid, flush=True)
time.sleep(60)
"""


def child(command: list[str] = SLEEP) -> Child:
    """Give a child that has not been started."""
    return Child(name="child", command=command, environment=dict(os.environ))


def eventually(is_true: Callable[[], bool]) -> bool:
    """Wait some seconds for something to come true."""
    deadline = time.monotonic() + 60
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return is_true()


def is_alive(pid: int) -> bool:
    """Say whether a process runs and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" not in status.read_text()


def test_one_supervisor_runs_in_a_folder(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "lock"), pytest.raises(AlreadyRunningError):
        hold_lock(tmp_path / "lock")


def test_the_lock_is_free_when_its_holder_is_gone(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"
    with hold_lock(tmp_path / "lock"):
        pass


def test_pauses_grow_with_the_deaths_of_the_last_minute() -> None:
    own = child()
    pauses = []
    for now in (10.0, 11.0, 12.0):
        own.note_death(now)
        pauses.append(own.start_at - now)
    assert pauses == [0.5, 1.0, 2.0]
    own.note_death(12.0 + WINDOW_SECONDS + 1)
    assert own.start_at - (12.0 + WINDOW_SECONDS + 1) == 0.5


def test_no_pause_is_longer_than_the_longest() -> None:
    own = child()
    for _ in range(20):
        own.note_death(10.0)
    assert own.start_at == 10.0 + LONGEST_PAUSE_SECONDS
    assert own.is_hopeless()


def test_a_child_that_ends_by_itself_is_noticed() -> None:
    own = child([sys.executable, "-c", ""])
    assert not own.is_dead()
    own.start()
    assert eventually(own.is_dead)


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    own = child([*STUBBORN, str(deaf)])
    own.start()
    assert own.running is not None
    assert eventually(deaf.exists)
    own.ask_to_stop()
    own.wait_or_kill(time.monotonic() + 0.2)
    assert own.running.returncode == -signal.SIGKILL


def test_a_killed_child_is_started_again_until_asked_to_stop() -> None:
    own, told = child(), list[str]()
    supervisor = Supervisor([own], say=told.append)

    def kill_once() -> None:
        assert own.running is not None
        own.running.kill()

    def stop_once_back(line: str) -> None:
        told.append(line)
        supervisor.stopping.set()

    supervisor.say = stop_once_back
    assert supervisor.run(once_started=kill_once) == 0
    assert told == ["child died; starting it again."]
    assert own.running is None


def test_a_child_that_cannot_live_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.supervisor.LONGEST_PAUSE_SECONDS", 0.0)
    told = list[str]()
    supervisor = Supervisor([child([sys.executable, "-c", "raise SystemExit(3)"])], say=told.append)
    assert supervisor.run(once_started=lambda: None) == 1
    assert told[-1] == f"child died {MOST_DEATHS + 1} times in a minute; giving up."


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells a child of its parent's death"
)
def test_a_child_dies_with_its_supervisor_even_when_that_is_killed(root: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True, cwd=root, env=dict(os.environ)
    )
    assert supervisor.stdout is not None
    orphan = int(supervisor.stdout.readline())
    assert is_alive(orphan)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    assert eventually(lambda: not is_alive(orphan))
