"""The cases that any calendar of this kind must answer alike (S3, S4)."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.domain.calendar import Calendar

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("calendar_cases.json").read_text())


def ask(case: dict[str, Any]) -> object:
    calendar, start = Calendar.from_dict(case["calendar"]), datetime.fromisoformat(case["start"])
    match case["op"]:
        case "add":
            return calendar.add(start, case["seconds"])
        case "elapsed":
            return calendar.elapsed(start, datetime.fromisoformat(case["end"]))
        case "is_open":
            return calendar.is_open(start)
        case _:
            return calendar.next_open(start)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_known_case_comes_out_as_known(case: dict[str, Any]) -> None:
    expected = case["expected"]
    assert ask(case) == (datetime.fromisoformat(expected) if isinstance(expected, str) else expected)
