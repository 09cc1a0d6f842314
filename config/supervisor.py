"""Keeps the processes of one machine alive: starts them, restarts what dies, ends all of them together.

Knows nothing of what its children do. Each child leads a session of its own, so that Ctrl-C reaches the
supervisor alone; on Linux a child also dies with its supervisor, however that died.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15.0
WINDOW_SECONDS = 60.0
MOST_DEATHS = 5
LONGEST_PAUSE_SECONDS = 8.0


class AlreadyRunningError(Exception):
    """Another supervisor holds the lock of this folder."""


def hold_lock(path: Path) -> IO[str]:
    """Take the lock that lets one supervisor run in a folder; it is free again when the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        file.close()
        raise AlreadyRunningError(str(path)) from fault
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def die_with_parent() -> Callable[[], None] | None:
    """Give what a new child runs first: ask Linux for SIGTERM when the supervisor is gone; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    supervisor = os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it died between fork and prctl
            os._exit(1)

    return ask


class Child:
    """One process that shall be alive, and the memory of its recent deaths."""

    def __init__(self, *, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        self.name = name
        self.command = list(command)
        self.environment = environment
        self.deaths: deque[float] = deque()
        self.start_at = 0.0
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        self.running = subprocess.Popen(  # noqa: S603  # the command is ours
            self.command,
            env=self.environment,
            start_new_session=True,
            preexec_fn=die_with_parent(),  # noqa: PLW1509  # the supervisor has one thread
        )

    def is_dead(self) -> bool:
        """Say whether it was started and has ended."""
        return self.running is not None and self.running.poll() is not None

    def note_death(self, now: float) -> None:
        """Remember a death, clear what it left behind, and set when to start again."""
        self.kill_group()
        self.running = None
        self.deaths.append(now)
        while self.deaths and self.deaths[0] < now - WINDOW_SECONDS:
            self.deaths.popleft()
        self.start_at = now + min(0.25 * 2 ** len(self.deaths), LONGEST_PAUSE_SECONDS)

    def is_hopeless(self) -> bool:
        """Say whether it died too often within the window to be tried again."""
        return len(self.deaths) > MOST_DEATHS

    def ask_to_stop(self) -> None:
        """Ask the main process, and only it, to end: its own children hear it from there."""
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)

    def wait_or_kill(self, deadline: float) -> None:
        """Wait for the end until the deadline, then kill whatever is left of the group."""
        if self.running is None:
            return
        try:
            self.running.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill_group()
            self.running.wait()
        self.kill_group()

    def kill_group(self) -> None:
        """Kill what the process left in its session; nothing left is fine."""
        if self.running is not None:
            try:
                os.killpg(self.running.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


class Supervisor:
    """Watches its children until it is asked to stop or one of them is beyond hope."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], object]) -> None:
        self.children = list(children)
        self.say = say
        self.stopping = threading.Event()

    def run(self, *, once_started: Callable[[], object]) -> int:
        """Start all, watch, and end all; gives the exit code: 0 when asked to stop, 1 when it gave up."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            for child in self.children:
                child.start()
            once_started()
            return self.watch()
        finally:
            self.stop()

    def watch(self) -> int:
        """Restart what dies, after a pause that grows with the deaths of the last minute."""
        while not self.stopping.wait(0.1):
            now = time.monotonic()
            for child in self.children:
                if child.is_dead():
                    child.note_death(now)
                    if child.is_hopeless():
                        self.say(f"{child.name} died {len(child.deaths)} times in a minute; giving up.")
                        return 1
                    self.say(f"{child.name} died; starting it again.")
                elif child.running is None and now >= child.start_at:
                    child.start()
        return 0

    def stop(self) -> None:
        """End all children: a request first, force after a while."""
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait_or_kill(deadline)
