"""A desk for every family of plans, and short ways to what its clocks say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.factories import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A desk on Total Care: first responses in business hours, and nothing else."""
    return make_desk("ACME", "total-care")


@pytest.fixture
def managed(db: None) -> Desk:
    """A desk on the managed platform: incidents day and night, with status updates."""
    return make_desk("MANA", "managed-self-hosted")


@pytest.fixture
def guaranteed(db: None) -> Desk:
    """A desk on iDalko Premium: guarantees that pause, and updates during the work."""
    return make_desk("GUAR", "idalko-premium")


@pytest.fixture
def desk_on(db: None) -> Callable[[str], Desk]:
    """A desk on the plan of that key."""
    return lambda plan: make_desk("DESK", plan)
