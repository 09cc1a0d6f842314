"""Every figure of the source documents stands in the plan files, is told there in words, or has its reading.

`seed_figures.json` has one row an item: `facts` are places of a plan (or calendar) with the value that they
must hold (`#` counts a list), `places` must say something, `check` names a comparison of its own, `reading`
marks what the sources leave open: that one has its line in docs/readings.md.
"""

# ruff: noqa: ANN401 (a place of a plan holds any JSON value)

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from contracts.domain.amending import NATURAL_KEYS, TARGET_KEYS
from contracts.domain.calendar import Calendar
from contracts.domain.canonical import plan_to_json
from contracts.domain.contacts import why_not_named
from contracts.reading import Catalogue, read_catalogue

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "seed_figures.json").read_text("utf-8"))
READINGS = (ROOT / "docs" / "readings.md").read_text("utf-8")
ITEMS, AMBIGUOUS = 280, 47


@cache
def catalogue() -> Catalogue:
    return read_catalogue(plans=ROOT / "contracts" / "plans", calendars=ROOT / "contracts" / "calendars")


def at_place(body: Any, place: str) -> Any:
    """What a body holds at a place; None where it holds nothing there."""
    steps = place.removesuffix("#").split(".")
    while steps and body is not None:
        body = into(body, steps)
    return len(body or ()) if place.endswith("#") else body


def into(body: Any, steps: list[str]) -> Any:
    for length in range(len(steps), 0, -1):
        found = member(body, ".".join(steps[:length]))
        if found is not None:
            del steps[:length]
            return found
    return None


def member(body: Any, name: str) -> Any:
    if isinstance(body, dict):
        return body.get(name)
    return next((element for element in body if isinstance(element, dict) and name in names(element)), None)


def names(element: dict[str, Any]) -> set[str]:
    if set(TARGET_KEYS) <= set(element):
        return {".".join(element[key] for key in TARGET_KEYS)}
    return {str(element[key]) for key in (*NATURAL_KEYS, "currency") if key in element}


def bodies(row: dict[str, Any]) -> list[Any]:
    if "calendar" in row:
        return [catalogue().calendars[row["calendar"]].model_dump()]
    return [plan_to_json(catalogue().plans[key]) for key in row["plans"]]


def weekends(row: dict[str, Any]) -> None:
    calendar = Calendar.from_dict(catalogue().calendars["premier-24x5"].definition(holidays={}))
    for closes, opens, hours in row["values"]:
        closing, opening = datetime.fromisoformat(closes), datetime.fromisoformat(opens)
        assert calendar.next_open(closing) == opening
        assert (opening - closing).total_seconds() == hours * 3600


def price_of_an_hour(row: dict[str, Any]) -> None:
    pack = catalogue().plans["pay-as-you-go"].hours.packs[0]
    hourly = {price.currency: price.minor_units / 100 * 60 / pack.minutes for price in pack.prices}
    assert hourly == row["values"]


def partner_addresses(row: dict[str, Any]) -> None:
    rule = catalogue().plans["premier-support"].contacts
    assert rule is not None
    for email in row["values"]:
        domain = email.rpartition("@")[2]
        assert why_not_named(rule, email=email, is_partner=True, domains=[domain]) == ""


CHECKS = {check.__name__: check for check in (weekends, price_of_an_hour, partner_addresses)}


def test_every_item_of_the_sources_has_its_row() -> None:
    ways = [{"facts", "places", "check", "reading"} & set(row) for row in ROWS]
    assert (len(ROWS), len({row["id"] for row in ROWS})) == (ITEMS, ITEMS)
    assert all(ways)
    assert Counter("reading" in row for row in ROWS)[True] == AMBIGUOUS


@pytest.mark.parametrize("row", [row for row in ROWS if "facts" in row], ids=lambda row: row["id"])
def test_a_figure_stands_in_its_plan(row: dict[str, Any]) -> None:
    for body in bodies(row):
        for place, value, *holds in row["facts"]:
            found = at_place(body, place)
            assert value in found if holds else found == value, place


@pytest.mark.parametrize("row", [row for row in ROWS if "places" in row], ids=lambda row: row["id"])
def test_what_is_said_in_words_has_its_place(row: dict[str, Any]) -> None:
    for body in bodies(row):
        for place in row["places"]:
            assert at_place(body, place), place
            assert row.get("says", "") in str(at_place(body, place))


@pytest.mark.parametrize("row", [row for row in ROWS if "check" in row], ids=lambda row: row["id"])
def test_a_figure_with_a_comparison_of_its_own_holds(row: dict[str, Any]) -> None:
    CHECKS[row["check"]](row)


@pytest.mark.parametrize("item", [row["id"] for row in ROWS if "reading" in row])
def test_what_the_sources_leave_open_has_its_reading(item: str) -> None:
    assert re.search(rf"^\| {item} \|", READINGS, re.MULTILINE)
