"""How Django finds the commands that start processes, and when the nervous system is wired."""

from importlib import import_module

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """The processes of the product: no tables, only commands and wiring."""

    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Install the table of reactions, once every model is there."""
        import_module("config.reactions").wire()
