"""A small desk, and a browser for each of its people; what the outside hears of it is not looked at here."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Person
from tests.factories import Desk, make_desk
from tests.factories.floors import nothing_reacts  # noqa: F401

SignedIn = Callable[[Person], Client]
Untouched = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care with a person in every role."""
    return make_desk()


@pytest.fixture
def signed_in() -> SignedIn:
    """The browser of somebody who has signed in."""

    def browser(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def browser(desk: Desk, signed_in: SignedIn) -> Client:
    """The administrator's browser."""
    return signed_in(desk.administrator)


@pytest.fixture
def untouched(db: None) -> Untouched:
    """Says that an act leaves neither a row nor an event."""

    @contextmanager
    def check() -> Iterator[None]:
        before = _rows()
        yield
        assert _rows() == before

    return check


def _rows() -> dict[str, int]:
    labels = ("accounts", "contracts", "escalation", "events", "notify")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {f"{model._meta.label}": model._default_manager.count() for model in models}
