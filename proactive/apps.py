"""How Django finds the app `proactive`."""

from django.apps import AppConfig


class ProactiveConfig(AppConfig):
    """The app `proactive` and its name in the list of apps."""

    name = "proactive"
    default_auto_field = "django.db.models.BigAutoField"
