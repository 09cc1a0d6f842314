"""How Django finds the app `tickets`."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The app `tickets` and its name in the list of apps."""

    name = "tickets"
    default_auto_field = "django.db.models.BigAutoField"
