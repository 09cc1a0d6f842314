"""Events as facts that survive a trip through JSON."""

import json
from dataclasses import FrozenInstanceError, dataclass
from typing import ClassVar

import pytest

from events.domain.event import Event, UnknownKind, event_class, known_kinds


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """A lamp was lit."""

    kind: ClassVar[str] = "test.lamp_lit"
    subject_type: ClassVar[str] = "lamp"
    watts: int
    colour: str = "white"


def test_an_event_comes_back_from_json_as_it_was() -> None:
    event = LampLit(client_id=3, subject_id=7, watts=40)
    stored = json.loads(json.dumps(event.to_data()))
    assert LampLit.from_data(client_id=3, subject_id=7, data=stored) == event


def test_facts_that_a_later_release_added_take_their_defaults() -> None:
    assert LampLit.from_data(client_id=None, subject_id=7, data={"watts": 1}).colour == "white"


def test_facts_that_a_later_release_dropped_are_passed_over() -> None:
    data = {"watts": 1, "smell": "ozone"}
    assert LampLit.from_data(client_id=None, subject_id=7, data=data).watts == 1


def test_an_event_never_changes() -> None:
    event = LampLit(client_id=3, subject_id=7, watts=40)
    with pytest.raises(FrozenInstanceError):
        event.watts = 60  # type: ignore[misc]


def test_the_class_of_a_kind_is_found() -> None:
    assert event_class("test.lamp_lit") is LampLit
    assert {"test.lamp_lit", "ticket.opened"} <= known_kinds()


def test_a_kind_that_nobody_declares_is_named() -> None:
    with pytest.raises(UnknownKind, match=r"test\.gone"):
        event_class("test.gone")


def test_two_classes_of_one_kind_are_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"test\.lamp_lit"):
        type("Other", (Event,), {"kind": "test.lamp_lit"})
