"""Runs a real Nagios and a real Alertmanager for a test: own folders, free ports, ended by id."""

import getpass
import grp
import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.notify.servers import free_port

#: Where the two are on Debian, beside the path of the one who runs the tests.
_PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])

NAGIOS_CONFIGURATION = """\
log_file={folder}/nagios.log
cfg_file={folder}/objects.cfg
resource_file={folder}/resource.cfg
object_cache_file={folder}/objects.cache
precached_object_file={folder}/objects.precache
status_file={folder}/status.dat
state_retention_file={folder}/retention.dat
temp_file={folder}/nagios.tmp
temp_path={folder}
check_result_path={folder}/spool
lock_file={folder}/nagios.lock
query_socket={folder}/nagios.qh
command_file={folder}/nagios.cmd
nagios_user={user}
nagios_group={group}
interval_length=1
check_external_commands=0
enable_notifications=1
enable_flap_detection=0
illegal_macro_output_chars=`~$&|'"<>
"""

NAGIOS_OBJECTS = """\
define timeperiod {{
    timeperiod_name  24x7
    alias            Always
    monday           00:00-24:00
    tuesday          00:00-24:00
    wednesday        00:00-24:00
    thursday         00:00-24:00
    friday           00:00-24:00
    saturday         00:00-24:00
    sunday           00:00-24:00
}}
define command {{
    command_name  up
    command_line  /bin/true
}}
define command {{
    command_name  swap
    command_line  /bin/sh {folder}/swap.sh
}}
define host {{
    host_name           jira-1
    address             127.0.0.1
    check_command       up
    max_check_attempts  1
    check_period        24x7
    contacts            caredesk
    notification_period 24x7
    notification_interval 3600
}}
define service {{
    host_name              jira-1
    service_description    Memory on disk
    _CAREDESK_CHECK        swap
    check_command          swap
    max_check_attempts     1
    check_interval         1
    retry_interval         1
    check_period           24x7
    contacts               caredesk
    notification_period    24x7
    notification_interval  2
}}
"""


def program(*names: str) -> str:
    """The path of a program; without it the test is skipped by name, or fails with REQUIRE_MONITORING=1."""
    found = next(filter(None, (shutil.which(name, path=_PLACES) for name in names)), None)
    if found is None:
        words = f"{' or '.join(names)} is not installed"
        if os.environ.get("REQUIRE_MONITORING") == "1":
            pytest.fail(f"{words}, and REQUIRE_MONITORING=1.")
        pytest.skip(words)
    return found


def documented(kind: str) -> str:
    """The configuration of that kind, to the letter as docs/monitoring.md gives it."""
    text = Path(settings.BASE_DIR, "docs", "monitoring.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"```{kind}\n(.*?)```", text, flags=re.DOTALL)
    assert blocks, f"docs/monitoring.md gives no configuration of {kind}"
    return "\n".join(blocks)


def say(folder: Path, *, exit_code: int, words: str) -> None:
    """Let the watched check say that from now on."""
    script = folder / "swap.sh"
    fresh = script.with_suffix(".new")
    fresh.write_text(f"echo '{words}'\nexit {exit_code}\n", encoding="utf-8")
    fresh.replace(script)


@contextmanager
def running_nagios(folder: Path, *, desk: str, secret: str) -> Iterator[None]:
    """A Nagios that watches one check, configured by the documentation."""
    binary = program("nagios4", "nagios")
    program("curl")
    (folder / "spool").mkdir()
    (folder / "resource.cfg").write_text("", encoding="utf-8")
    header = folder / "caredesk.header"
    header.write_text(f"Authorization: Bearer {secret}\n", encoding="utf-8")
    header.chmod(0o400)
    commands = documented("nagios").replace("https://desk.example.com", desk)
    commands = commands.replace("/etc/nagios4/caredesk.header", str(header))
    (folder / "objects.cfg").write_text(NAGIOS_OBJECTS.format(folder=folder) + commands, encoding="utf-8")
    who = {"user": getpass.getuser(), "group": grp.getgrgid(os.getgid()).gr_name}
    (folder / "nagios.cfg").write_text(NAGIOS_CONFIGURATION.format(folder=folder, **who), encoding="utf-8")
    with _running([binary, str(folder / "nagios.cfg")], folder):
        yield


@contextmanager
def running_alertmanager(folder: Path, *, desk: str, secret: str) -> Iterator[str]:
    """An Alertmanager, configured by the documentation; gives its own address."""
    binary = program("prometheus-alertmanager", "alertmanager")
    key = folder / "caredesk.key"
    key.write_text(secret, encoding="utf-8")
    text = documented("alertmanager").replace("https://desk.example.com", desk)
    text = text.replace("/etc/alertmanager/caredesk.key", str(key))
    quick = "  group_wait: 100ms\n  group_interval: 1s\n  repeat_interval: 1m\n"
    path = folder / "alertmanager.yml"
    path.write_text(text.replace("receivers:\n", f"{quick}receivers:\n"), encoding="utf-8")
    port = free_port()
    command = [
        binary,
        f"--config.file={path}",
        f"--storage.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ]
    with _running(command, folder):
        address = f"http://127.0.0.1:{port}"
        eventually(lambda: _answers(f"{address}/-/ready"), what="Alertmanager is ready")
        yield address


def send(address: str, *alerts: dict[str, object]) -> None:
    """Give alerts to the Alertmanager, as Prometheus does."""
    body = json.dumps(alerts).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/api/v2/alerts", data=body, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - our own loopback
        assert reply.status == 200


def eventually(holds: Callable[[], bool], *, what: str, seconds: float = 60.0) -> None:
    """Wait until that holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:  # noqa: S310 - our own loopback
            return bool(reply.status == 200)
    except OSError:
        return False


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
            assert process.poll() is None, (folder / "output").read_text(errors="replace")
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)
