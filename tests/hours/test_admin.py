"""What Django's administration shows of paid time: everything to read, nothing to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory

from accounts.models import Person
from hours import services
from hours.models import TopUp
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours

OURS = [model for model in admin.site._registry if model._meta.app_label == "hours"]


def order_a_pack(hours: Hours) -> None:
    """Store an order as a row: the plan of these tests has no catalogue."""
    facts: dict[str, Any] = {"pack": "p", "label": "20 hours", "minutes": 1200, "currency": "GBP"}
    TopUp.objects.create(
        client=hours.desk.client,
        contract=hours.contract,
        price_minor_units=1,
        requested_at=MONDAY,
        requested_by_name="Ada",
        **facts,
    )


@pytest.fixture
def filled(hours: Hours) -> Hours:
    """A row in every table that is shown."""
    services.start_timer(actor=hours.actor("engineer"), at=MONDAY, ticket=hours.ticket)
    hours.log(10 * HOUR)
    hours.log(60)
    order_a_pack(hours)
    services.close_months(at=moment("2026-04-10 09:00"))
    return hours


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_not_even_an_administrator_writes_there(model: type) -> None:
    request = RequestFactory().get("/")
    request.user = Person(is_superuser=True)
    page = admin.site._registry[model]
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_shows_its_rows(filled: Hours, model: Any) -> None:  # noqa: ANN401
    request = RequestFactory().get("/")
    request.user = Person(is_superuser=True, is_active=True)
    page = admin.site._registry[model].get_changelist_instance(request)
    assert page.result_count == model.objects.count() > 0
    assert all(str(row) for row in page.result_list)


def test_everything_that_people_ask_about_can_be_looked_up() -> None:
    shown = {model.__name__ for model in OURS}
    assert {"Account", "Bucket", "LedgerEntry", "TimeEntry", "OverageRequest", "TopUp"} <= shown
    assert {"Timer", "Statement"} <= shown
