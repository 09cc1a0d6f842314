"""How Django finds the app `notify`."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """The app `notify` and its name in the list of apps."""

    name = "notify"
    default_auto_field = "django.db.models.BigAutoField"
