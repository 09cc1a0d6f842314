"""How the parts are put together: settings, routes, the timetable and the processes.

Owns: no rows. Records: nothing. May call: every app; nothing imports it but the entry points.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
