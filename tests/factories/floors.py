"""How the tests of a floor keep the floors above it silent."""

from collections.abc import Iterator

import pytest

from config.reactions import REACTIONS
from events.services import install_reactions


@pytest.fixture(autouse=True)
def nothing_reacts() -> Iterator[None]:
    """No reaction of a higher floor runs; the stories across floors stand in tests/flows."""
    install_reactions({})
    yield
    install_reactions(REACTIONS)
