"""How Django finds the app `escalation`."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """The app `escalation` and its name in the list of apps."""

    name = "escalation"
    default_auto_field = "django.db.models.BigAutoField"
