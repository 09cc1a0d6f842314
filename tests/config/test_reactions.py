"""Every reaction hangs on a real event of a floor below, and none is forgotten."""

import inspect
import re
from importlib import import_module

import pytest

from config.reactions import REACTIONS, STATE
from events.domain.event import event_class, known_kinds
from events.services import ForMany, Reaction
from tests.house.sources import APPS, ROOT

REACTING = [app for app in APPS if (ROOT / app / "reactions.py").exists()]
PAIRS = [(kind, reaction) for kind, row in REACTIONS.items() for reaction in row]


def floor(function: object) -> int:
    """Give the floor of a function or class; two apps that know nothing of each other share one."""
    app = function.__module__.split(".")[0]
    return APPS.index({"hours": "slo", "proactive": "escalation"}.get(app, app))


def test_every_row_hangs_on_an_event_that_some_app_records() -> None:
    assert set(REACTIONS) <= known_kinds()


@pytest.mark.parametrize(("kind", "reaction"), [pair for pair in PAIRS if pair[0] in STATE])
def test_events_never_go_down(kind: str, reaction: Reaction) -> None:
    assert floor(reaction) >= floor(event_class(kind))
    assert reaction.__module__.split(".")[0] != event_class(kind).__module__.split(".")[0]


@pytest.mark.parametrize("kind", REACTIONS)
def test_reactions_run_from_the_ground_up(kind: str) -> None:
    floors = [floor(reaction) for reaction in REACTIONS[kind]]
    assert floors == sorted(floors)


@pytest.mark.parametrize("app", REACTING)
def test_no_reaction_is_forgotten(app: str) -> None:
    module = import_module(f"{app}.reactions")
    own = {
        name: item
        for name, item in vars(module).items()
        if (inspect.isfunction(item) or isinstance(item, ForMany)) and item.__module__ == module.__name__
    }
    wired = {reaction for _, reaction in PAIRS}
    assert [name for name, item in own.items() if not name.startswith("_") and item not in wired] == []


@pytest.mark.parametrize("kind", STATE)
def test_a_reaction_that_names_its_events_hangs_on_them(kind: str) -> None:
    for reaction in STATE[kind]:
        named = re.findall(r"`([a-z_]+\.[a-z_]+)`", inspect.getdoc(reaction) or "")
        assert not named or kind in named
