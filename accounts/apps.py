"""How Django finds the app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app `accounts` and its name in the list of apps."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
