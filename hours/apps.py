"""How Django finds the app `hours`."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    """The app `hours` and its name in the list of apps."""

    name = "hours"
    default_auto_field = "django.db.models.BigAutoField"
