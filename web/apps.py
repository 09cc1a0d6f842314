"""How Django finds the app `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web` and its name in the list of apps."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"
