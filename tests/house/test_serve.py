"""`serve` as a person starts it: one process tree that answers, mends itself, and ends as a whole.

The tests of this file follow each other on one running tree.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services import free_port


class Served:
    """A running `serve` with a folder, a database and a port of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder / "static"),
            "BASE_URL": self.url,
        }
        self.root = root
        self.log = folder / "serve.log"
        with self.log.open("w") as out:
            self.process = self.start(stdout=out, stderr=subprocess.STDOUT)

    def start(self, **where: object) -> subprocess.Popen[bytes]:
        """Start `serve` once more with the same surroundings."""
        command = [sys.executable, "manage.py", "serve"]
        return subprocess.Popen(command, env=self.environment, cwd=self.root, **where)  # type: ignore[call-overload, no-any-return]

    def is_answering(self) -> bool:
        """Say whether the web is ready."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as reply:  # noqa: S310
                return bool(reply.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def children(self) -> dict[str, int]:
        """Give the main processes by what they run."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = {}
        for pid in path.read_text().split():
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found["web" if b"gunicorn" in words else "worker"] = int(pid)
        return found


def eventually(is_true: Callable[[], bool], *, seconds: float = 90) -> bool:
    """Wait for something to come true."""
    deadline = time.monotonic() + seconds
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_true()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One `serve` for the tests of this file, which follow each other."""
    if not Path("/proc/self/task").exists():
        pytest.skip("the tests look for processes in /proc")
    own = Served(Path(__file__).resolve().parents[2], tmp_path_factory.mktemp("serve"))
    try:
        eventually(lambda: own.is_answering() or own.process.poll() is not None, seconds=180)
        assert own.is_answering(), own.log.read_text()
        yield own
    finally:
        if own.process.poll() is None:
            own.process.send_signal(signal.SIGINT)
        own.process.wait(30)


def test_it_says_where_it_is(served: Served) -> None:
    assert eventually(lambda: f"Caredesk is at {served.url}" in served.log.read_text())


def test_static_files_come_with_a_name_that_changes_with_them(served: Served) -> None:
    with urllib.request.urlopen(f"{served.url}/accounts/login/") as page:  # noqa: S310
        (sheet,) = set(re.findall(r'href="(/static/caredesk/theme\.[0-9a-f]+\.css)"', page.read().decode()))
    with urllib.request.urlopen(served.url + sheet) as reply:  # noqa: S310
        assert "immutable" in reply.headers["Cache-Control"]


def test_a_second_start_in_the_same_folder_is_refused(served: Served) -> None:
    second = served.start(stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, told = second.communicate(timeout=90)
    assert second.returncode == 1
    assert b"already running" in told


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_process_is_back_within_seconds(served: Served, name: str) -> None:
    killed = served.children()[name]
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: served.children().get(name, killed) != killed, seconds=10)
    assert eventually(served.is_answering, seconds=20)


def test_the_worker_logs_no_fault(served: Served) -> None:
    assert not re.search(r"Traceback|unregistered", served.log.read_text())


def test_ctrl_c_ends_everything_within_seconds(served: Served) -> None:
    pids = list(served.children().values())
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(20) == 0
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert not served.is_answering()
    assert served.log.read_text().rstrip().endswith("Stopped.")
