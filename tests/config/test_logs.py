"""Log lines are JSON for machines, or text that holds no local variables."""

import json
import logging
import sys

import pytest

from config import logs


def line(log_format: str) -> str:
    """Give the line that a failing function with a secret in a local variable leaves."""
    formatter = logs.configure(log_format)["formatters"]["line"]
    rendered = formatter["()"](
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    )
    secret = "hunter2"  # noqa: F841  # must not be found in the line
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, __file__, 1, "it %s", ("broke",), sys.exc_info()
        )
    return str(rendered.format(record))


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/s3cret.ics",
        "/accounts/password/reset/key/1-s3cret/",
        "/invitation/s3cret",
        "/settings/mail/off/s3cret",
    ],
)
def test_a_secret_in_an_address_is_not_logged(path: str) -> None:
    told = logs.hide_secrets(
        None, "info", {"event": f"Not Found: {path}", "request": f"GET {path}", "code": 404}
    )
    assert "s3cret" not in str(told)
    assert told["code"] == 404


def test_json_lines_carry_moment_level_and_event() -> None:
    told = json.loads(line("json"))
    assert (told["event"], told["level"], told["logger"]) == ("it broke", "error", "x")
    assert told["timestamp"].endswith("Z")


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_local_variable_is_logged(log_format: str) -> None:
    told = line(log_format)
    assert "ValueError: broken" in told
    assert "hunter2" not in told.replace('secret = "hunter2"', "")
