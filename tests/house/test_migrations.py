"""Tables follow the models."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.sources import APPS


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


@pytest.mark.django_db
def test_every_app_with_tables_has_migrations() -> None:
    migrated = MigrationLoader(connection).migrated_apps
    assert [app for app in APPS if list(apps.get_app_config(app).get_models()) and app not in migrated] == []
