"""How Django finds the app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app `api` and its name in the list of apps."""

    name = "api"
    default_auto_field = "django.db.models.BigAutoField"
