"""How Django finds the app `events`."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The app `events` and its name in the list of apps."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
