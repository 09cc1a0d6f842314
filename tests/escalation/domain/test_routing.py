"""Whose turn it is: fit people by load, then by who waits longest."""

from __future__ import annotations

import pytest

from escalation.domain.routing import Candidate, first_fit, placings
from tests.factories import moment


def person(name: str, **facts: object) -> Candidate:
    """A candidate of that name."""
    return Candidate(person_id=ord(name[0]), name=name, **facts)  # type: ignore[arg-type]


def test_the_fewest_open_tickets_go_first() -> None:
    found = placings([person("Ada", open_tickets=3), person("Ben", open_tickets=1), person("Cas")])
    assert [one.candidate.name for one in found] == ["Cas", "Ben", "Ada"]
    assert [one.reason for one in found] == ["nothing open", "1 open ticket", "3 open tickets"]


def test_among_equals_whoever_waits_longest_is_next() -> None:
    ada = person("Ada", last_given_at=moment("2026-03-02 10:00"))
    ben = person("Ben", last_given_at=moment("2026-03-02 09:00"))
    assert first_fit([ada, ben]) == placings([ben])[0]


def test_who_never_had_one_waits_longest() -> None:
    ada = person("Ada", last_given_at=moment("2026-03-02 10:00"))
    found = first_fit([ada, person("Zoe")])
    assert found is not None
    assert found.candidate.name == "Zoe"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_away": True}, "away"),
        ({"serves": False}, "does not serve this client"),
        ({"is_cleared": False}, "not cleared for this contract"),
    ],
)
def test_the_unfit_come_last_with_the_reason(facts: dict[str, bool], words: str) -> None:
    found = placings([person("Ada", **facts), person("Ben", open_tickets=9)])
    assert [(one.candidate.name, one.is_fit) for one in found] == [("Ben", True), ("Ada", False)]
    assert found[1].reason == words
    assert first_fit([person("Ada", **facts)]) is None


def test_an_empty_team_has_nobody_next() -> None:
    assert first_fit([]) is None
