"""A small desk for the tests of contracts, and a way to say that nothing came of a refused act."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.apps import apps
from django.db.models import Model

from contracts.domain.plan import Plan
from events.domain.errors import DomainError
from events.models import Record
from tests.factories import Desk, make_desk
from tests.factories.promises import catalogue

Refusal = Callable[[type[DomainError], str], AbstractContextManager[None]]


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care with a person in every role."""
    return make_desk()


@pytest.fixture
def premier(db: None) -> Desk:
    """A client whose plan names its contacts."""
    return make_desk(plan="premier-support", contact_domains=["acme.example"])


@pytest.fixture
def plans() -> dict[str, Plan]:
    """Every plan of the files, by key."""
    return catalogue().plans


@pytest.fixture
def refused() -> Refusal:
    """Says that an act is refused in certain words, and that neither a row nor an event came of it."""

    @contextmanager
    def check(error: type[DomainError], words: str) -> Iterator[None]:
        before = counts()
        with pytest.raises(error, match=words):
            yield
        assert counts() == before

    return check


def counts() -> dict[str, int]:
    """How many rows each table of this floor and the event log hold."""
    models: list[type[Model]] = [*apps.get_app_config("contracts").get_models(), Record]
    return {model.__name__: model._default_manager.count() for model in models}
