"""How Django finds the app `slo`."""

from django.apps import AppConfig


class SloConfig(AppConfig):
    """The app `slo` and its name in the list of apps."""

    name = "slo"
    default_auto_field = "django.db.models.BigAutoField"
