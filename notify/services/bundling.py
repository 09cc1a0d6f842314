"""Mails that a person has chosen to get once a day: they wait for the morning and travel as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from notify.addresses import bounce_address
from notify.letter import Letter, one_line
from notify.letters import written
from notify.lines import line_for
from notify.links import absolute, link_for
from notify.models import Delivery, State
from notify.readers import NotToBeSentError, Reader, reader_of

MORNING = time(7, 0)


def bundle_later(delivery: Delivery, *, reader: Reader, now: datetime) -> None:
    """Let a mail wait for the reader's next morning."""
    until = next_morning(now, zone=reader.zone)
    Delivery.objects.filter(pk=delivery.pk).update(
        is_bundled=True, due_at=until, state=State.WAITING, attempts=0
    )


def next_morning(now: datetime, *, zone: str) -> datetime:
    """The next seven o'clock on the reader's wall clock."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)


def bundled_letter(deliveries: Sequence[Delivery], *, reader: Reader) -> Letter:
    """One mail with a line for each; what the reader may no longer see is left out."""
    lines = []
    for delivery in sorted(deliveries, key=lambda one: one.pk):
        try:
            reader_of(delivery)
        except NotToBeSentError:
            continue
        record = delivery.record
        lines.append(
            {
                "news": line_for(record, is_staff=reader.is_staff),
                "link": absolute(link_for(record, is_staff=reader.is_staff, client=delivery.client)),
            }
        )
    contents = {
        "lines": lines,
        "reader": reader.name,
        "link": absolute("/"),
        "why": "you chose to get these once a day",
        "settings_link": absolute("/settings/mail"),
    }
    first = deliveries[0]
    return Letter(
        to=reader.address,
        from_name="Caredesk",
        return_path=bounce_address(delivery_id=first.pk),
        subject=one_line(written("emails/digest/subject.txt", contents, is_html=False)),
        text=written("emails/digest/body.txt", contents, is_html=False),
        html=written("emails/digest/body.html", contents, is_html=True),
        headers={"Message-ID": first.message_id, "Auto-Submitted": "auto-generated"},
    )
