"""The API's own sweep."""

from __future__ import annotations

from celery import shared_task

from api import services
from events.queries import database_now


@shared_task(ignore_result=True)
def forget_answers() -> int:
    """Clear away answers that no repeated request asks for any more."""
    return services.forget_answers(at=database_now())
