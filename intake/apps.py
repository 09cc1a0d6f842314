"""How Django finds the app `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `intake` and its name in the list of apps."""

    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"
