"""How tests say that an act is refused: with that refusal, and without a trace."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from events.domain.errors import DomainError

_WATCHED = ("events", "accounts", "contracts", "tickets")


@contextmanager
def refused(refusal: type[DomainError], match: str | None = None, *, field: str = "") -> Iterator[None]:
    """The act inside must be refused in that way, with words for that field, and leave no row."""
    before = _row_counts()
    with pytest.raises(refusal, match=match) as caught:
        yield
    assert not field or field in caught.value.fields, caught.value.fields
    assert _row_counts() == before


def _row_counts() -> dict[str, int]:
    models = [model for label in _WATCHED for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model._default_manager.count() for model in models}
