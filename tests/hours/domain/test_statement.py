"""The statement as a value: sums, digests, and a chain in which every forgery shows (H9)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.statement import (
    Line,
    Link,
    StatementBody,
    body_from_json,
    body_to_json,
    chain_faults,
    digest,
)

MONTHS = ("2026-03", "2026-04", "2026-05")


def line(number: int, kind: str, minutes: int, **facts: Any) -> Line:  # noqa: ANN401
    """A movement of the month."""
    words = {"at": "2026-03-02T09:00:00+00:00", "bucket": "Reserved hours", "balance": 0, **facts}
    return Line(number=number, kind=kind, minutes=minutes, **words)


def body(month: str = "2026-03", *, opening: int = 0, moved: tuple[int, ...] = (600, -60)) -> StatementBody:
    """A month that opens so and moves so many minutes."""
    lines = tuple(line(number, "grant", minutes) for number, minutes in enumerate(moved, start=1))
    closing = opening + sum(moved)
    return StatementBody(
        contract_id=1, month=month, zone="Europe/London", opening=opening, closing=closing, lines=lines
    )


def chain() -> list[Link]:
    """Three months, each opening as the one before closed."""
    links, previous, opening = [], "", 0
    for month in MONTHS:
        written = body(month, opening=opening)
        stored = body_to_json(written)
        own = digest(stored, previous=previous)
        links.append(Link(body=stored, digest=own, previous_digest=previous))
        previous, opening = own, written.closing
    return links


def forged(links: list[Link], place: int, **facts: Any) -> list[Link]:  # noqa: ANN401
    """The chain with those facts of one month changed."""
    return [replace(link, **facts) if number == place else link for number, link in enumerate(links)]


def test_closing_is_opening_and_movements() -> None:
    assert body(opening=30).is_balanced
    assert not replace(body(), closing=541).is_balanced


def test_an_empty_month_is_balanced() -> None:
    assert body(opening=45, moved=()).is_balanced


def test_sums_are_by_kind_in_the_order_of_their_first_line() -> None:
    lines = (line(1, "grant", 600), line(2, "draw", -60), line(3, "reversal", 60), line(4, "draw", -15))
    assert list(replace(body(), lines=lines).sums().items()) == [
        ("grant", 600),
        ("draw", -75),
        ("reversal", 60),
    ]


def test_what_is_stored_reads_back_the_same() -> None:
    written = replace(body(), aside=(line(0, "held", 0, note="Łódź €", entry_id=4),))
    assert body_from_json(json.loads(json.dumps(body_to_json(written)))) == written


def test_the_digest_is_the_same_whatever_the_order_of_the_keys() -> None:
    stored = body_to_json(body())
    turned = dict(reversed(stored.items()))
    assert digest(stored, previous="x") == digest(turned, previous="x")


def test_the_digest_hangs_on_the_month_before() -> None:
    stored = body_to_json(body())
    assert digest(stored, previous="") != digest(stored, previous="0" * 64)


@given(st.integers(-10_000, 10_000).filter(bool))
def test_any_changed_minute_changes_the_digest(minutes: int) -> None:
    stored = body_to_json(body())
    changed = {**stored, "closing": stored["closing"] + minutes}
    assert digest(stored, previous="") != digest(changed, previous="")


def test_a_sound_chain_has_no_faults() -> None:
    assert chain_faults(chain()) == []
    assert chain_faults([]) == []


@pytest.mark.parametrize("place", range(3))
def test_a_changed_text_shows_in_any_month(place: int) -> None:
    links = chain()
    text = {**links[place].body, "zone": "UTC"}
    assert f"{MONTHS[place]}: the text does not match its digest" in chain_faults(
        forged(links, place, body=text)
    )


@pytest.mark.parametrize("place", range(3))
def test_a_changed_line_shows_although_the_sums_are_kept(place: int) -> None:
    links = chain()
    text = json.loads(json.dumps(links[place].body))
    text["lines"][0]["minutes"] += 60
    text["lines"][1]["minutes"] -= 60
    assert chain_faults(forged(links, place, body=text))


def test_a_month_that_was_taken_out_shows() -> None:
    first, _, third = chain()
    assert chain_faults([first, third]) == [
        "2026-05: not chained to the month before",
        "2026-05: does not open with the closing balance of the month before",
    ]


def test_months_that_changed_places_show() -> None:
    first, second, third = chain()
    assert chain_faults([second, first, third])


def test_a_month_sealed_anew_breaks_the_chain_after_it() -> None:
    links = chain()
    text = {**links[0].body, "zone": "UTC"}
    links = forged(links, 0, body=text, digest=digest(text, previous=""))
    assert chain_faults(links) == ["2026-04: not chained to the month before"]


def test_a_month_that_does_not_add_up_shows_although_it_is_sealed() -> None:
    text = body_to_json(replace(body(), closing=541))
    seal = digest(text, previous="")
    links = [Link(body=text, digest=seal, previous_digest="")]
    assert chain_faults(links) == ["2026-03: closing is not opening plus movements"]
