"""The quick start of docs/integrating.md works as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import caller_of_client
from tests.factories import make_desk
from tickets.models import Attachment, Ticket


def commands(root: Path) -> list[str]:
    """The blocks of the page that are meant to be run."""
    return re.findall(r"```sh\n(.*?)```", (root / "docs" / "integrating.md").read_text(), re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.django_db(transaction=True)
def test_the_quick_start_runs_as_it_is_written(live_server: LiveServer, root: Path, tmp_path: Path) -> None:
    secret = caller_of_client(make_desk("ACME")).secret
    place = {**os.environ, "CAREDESK": live_server.url, "CAREDESK_KEY": secret}
    told = [
        subprocess.run(
            ["sh", "-ec", one], check=False, env=place, cwd=tmp_path, capture_output=True, text=True
        )
        for one in commands(root)
    ]
    assert [one.returncode for one in told] == [0] * len(told), [one.stdout + one.stderr for one in told]
    assert len(told) == 5
    assert '"first_response"' in told[2].stdout
    assert '"ticket.opened"' in told[4].stdout
    assert Ticket.objects.get().external_reference == "OPS-4711"
    assert Attachment.objects.get().name == "board.log"
