"""Named points at which a process dies on purpose, for the tests of durability alone."""

from __future__ import annotations

import os

from django.conf import settings


def crash_here(name: str) -> None:
    """Die at once, as a killed process does, when the setting names this point; otherwise do nothing.

    The settings refuse any name outside tests, so that this is inert wherever clients are served.
    """
    if name in settings.FAIL_POINTS:
        os._exit(137)
