"""What Django's administration shows of the ground floors, and that it writes nothing."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from accounts.models import Person

OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("events", "accounts", "contracts", "tickets")
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_not_even_an_administrator_writes_there(model: type) -> None:
    request = RequestFactory().get("/")
    request.user = Person(is_superuser=True)
    page = admin.site._registry[model]
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_secret_is_shown_there(model: type) -> None:
    page = admin.site._registry[model]
    hidden = set(page.exclude or ())
    secret = {field.name for field in model._meta.get_fields()} & {"password", "digest", "nonce", "body"}  # type: ignore[attr-defined]
    assert secret <= hidden or model.__name__ in ("PlanVersion", "SopVersion", "CalendarVersion")
