"""How Django finds the app `contracts`."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """The app `contracts` and its name in the list of apps."""

    name = "contracts"
    default_auto_field = "django.db.models.BigAutoField"
