"""What stands in a calendar file for each kind of thing."""

from __future__ import annotations

from proactive.models import Webinar, WebinarState
from proactive.printing.calendar_file import Happening


def webinar_happening(webinar: Webinar, *, page: str = "", shows_address: bool = False) -> Happening:
    """An event with its page; its address only for those who registered."""
    return Happening(
        key=f"webinar-{webinar.pk}",
        title=webinar.title,
        begins=webinar.starts_at,
        ends=webinar.ends_at,
        stamp=webinar.changed_at,
        text=page,
        place=webinar.address if shows_address else "",
        edition=webinar.edition,
        is_off=webinar.state == WebinarState.CALLED_OFF,
    )
