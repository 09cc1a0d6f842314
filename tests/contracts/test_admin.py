"""Django's administration shows what this floor keeps, and changes none of it."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

REGISTERED = [
    model for model in apps.get_app_config("contracts").get_models() if model in admin.site._registry
]


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_nobody_writes_here(model: type, rf: RequestFactory) -> None:
    page, request = admin.site._registry[model], rf.get("/")
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_plans_and_contracts_are_shown() -> None:
    assert {"PlanVersion", "Contract"} <= {model.__name__ for model in REGISTERED}
