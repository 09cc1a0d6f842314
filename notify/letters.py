"""Writing a mail: its words from templates, its headers from the delivery, at the moment of sending."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.template import Context, Engine

from notify.addresses import AnswerPlace, bounce_address, reply_address
from notify.contents import contents_of
from notify.letter import Letter, one_line
from notify.links import absolute
from notify.models import Channel, Delivery, State
from notify.readers import Reader
from notify.routing import group_of, route_named

_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
MAIL_OFF_SALT = "notify.mail-off"
#: Mails that nobody waits for: a mail program may offer one click to end them.
ENDABLE = frozenset({"proactive", "watching", "insights", "registrations"})


def letter_for(delivery: Delivery, *, reader: Reader, now: datetime) -> Letter:
    """The mail of that delivery, written for that reader."""
    contents = contents_of(delivery, reader=reader, now=now)
    folder = f"emails/{delivery.template}"
    return Letter(
        to=reader.address,
        from_name=_from_name(delivery),
        return_path=bounce_address(delivery_id=delivery.id),
        subject=one_line(written(f"{folder}/subject.txt", contents, is_html=False)),
        text=written(f"{folder}/body.txt", contents, is_html=False),
        html=written(f"{folder}/body.html", contents, is_html=True),
        headers=_headers(delivery, reader),
        files=tuple(contents.get("files", ())),
    )


def written(name: str, contents: dict[str, Any], *, is_html: bool) -> str:
    """One template filled in; only HTML is escaped."""
    text = Engine.get_default().get_template(name).render(Context(contents, autoescape=is_html))
    return _BLANK_LINES.sub("\n\n", text.strip()) + "\n"


def thread_id(ticket_id: int) -> str:
    """The root that all mails about one ticket refer to; it opens nothing and proves nothing."""
    return f"<ticket-{ticket_id}@{settings.MAIL_DOMAIN}>"


def _headers(delivery: Delivery, reader: Reader) -> dict[str, str]:
    headers = {"Message-ID": delivery.message_id}
    if _is_automatic(delivery):
        route = route_named(delivery.record.kind, delivery.template)
        is_receipt = route is not None and route.is_receipt
        headers["Auto-Submitted"] = "auto-replied" if is_receipt else "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    if delivery.ticket_id is not None:
        headers |= _threading(delivery, delivery.ticket_id)
        if reader.person_id is not None:
            place = AnswerPlace(delivery.ticket_id, reader.person_id, is_internal=_is_note(delivery))
            headers["Reply-To"] = reply_address(place)
    group = group_of(delivery.record.kind, delivery.template)
    if group in ENDABLE and reader.person_id is not None:
        link = absolute(f"/settings/mail/off/{mail_off_token(person_id=reader.person_id, group=group)}")
        headers["List-Unsubscribe"] = f"<{link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def mail_off_token(*, person_id: int, group: str) -> str:
    """What a mail program sends to end one group of mails for one person, and nothing else."""
    return signing.dumps([person_id, group], salt=MAIL_OFF_SALT)


def _threading(delivery: Delivery, ticket_id: int) -> dict[str, str]:
    root = thread_id(ticket_id)
    before = (
        Delivery.objects.filter(
            ticket_id=ticket_id,
            person=delivery.person,
            channel=Channel.EMAIL,
            state=State.DONE,
            id__lt=delivery.id,
        )
        .order_by("-id")
        .values_list("message_id", flat=True)
        .first()
    )
    return {"In-Reply-To": before or root, "References": f"{root} {before}" if before else root}


def _is_note(delivery: Delivery) -> bool:
    route = route_named(delivery.record.kind, delivery.template)
    return route is not None and route.is_internal


def _is_automatic(delivery: Delivery) -> bool:
    """Whether no person wrote the words: everything but a message that a person posted."""
    record = delivery.record
    return record.kind != "message.posted" or record.data.get("author_kind") in ("system", "integration")


def _from_name(delivery: Delivery) -> str:
    return "Caredesk" if _is_automatic(delivery) else f"{delivery.record.actor_name} via Caredesk"
