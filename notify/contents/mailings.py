"""What mails to many say: insights, and all that goes around an event (P5, P6)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.models import Client, Membership
from notify.domain.moments import span_words
from notify.letter import EnclosedFile
from notify.links import absolute, mailed_path
from notify.markdown import to_html
from notify.models import Delivery
from notify.readers import NotToBeSentError, Reader
from proactive.domain.mailings import own_first
from proactive.models import Mailing, MailingRecipient, Webinar, WebinarState
from proactive.printing.calendar_file import calendar_file
from proactive.printing.happenings import webinar_happening
from proactive.queries.mailings import products_of


def mailed_contents(delivery: Delivery, *, reader: Reader) -> dict[str, Any]:
    """The words of an insight or around an event, for this reader; an event with its calendar file."""
    record = delivery.record
    if record.subject_type == "webinar":
        webinar = Webinar.objects.get(id=record.subject_id)
        return _around(webinar, delivery.client, reader=reader, shows_address=True)
    mailing = Mailing.objects.select_related("webinar").get(id=record.subject_id)
    client = _client_of(mailing, delivery)
    contents: dict[str, Any] = {"title": mailing.title, "client": client.name if client else ""}
    contents["why"] = _why(client, delivery)
    if mailing.webinar is not None:
        shows_address = mailing.kind in ("reminder", "change")
        around = _around(mailing.webinar, client, reader=reader, shows_address=shows_address)
        return contents | around | {"hours_before": mailing.hours_before}
    contents["link"] = absolute(mailed_path("mailing", mailing.pk, slug=client.slug if client else ""))
    return contents | _insight(mailing, client)


def _client_of(mailing: Mailing, delivery: Delivery) -> Client | None:
    """As whose contact the reader gets it; none for a test. Who left the client since gets nothing."""
    if delivery.record.kind == "mailing.tested":
        return None
    given = MailingRecipient.objects.filter(mailing=mailing, person=delivery.person).select_related("client")
    recipient = given.first()
    if recipient is None:
        raise NotToBeSentError("Nobody gave it to this reader.")
    belongs = Membership.objects.filter(
        client=recipient.client_id, person=delivery.person, ended_at__isnull=True
    )
    if not belongs.exists():
        raise NotToBeSentError("The reader no longer belongs to the client.")
    return recipient.client


def _why(client: Client | None, delivery: Delivery) -> str:
    if client is None:
        return "you sent yourself a test"
    if delivery.template in ("webinar_reminder", "webinar_changed"):
        return "you registered for it"
    return f"the plan of {client.name} includes it"


def _insight(mailing: Mailing, client: Client | None) -> dict[str, Any]:
    items = own_first(list(mailing.items.all()), products=products_of(client.pk) if client else ())
    return {
        "intro": mailing.intro,
        "intro_html": to_html(mailing.intro),
        "items": [
            {
                "topic": item.get_topic_display(),
                "product": item.product,
                "title": item.title,
                "body": item.body,
                "body_html": to_html(item.body),
                "link": item.link,
            }
            for item in items
        ],
    }


def _around(
    webinar: Webinar, client: Client | None, *, reader: Reader, shows_address: bool
) -> dict[str, Any]:
    page = absolute(mailed_path("webinar", webinar.pk, slug=client.slug if client else ""))
    is_off = webinar.state == WebinarState.CALLED_OFF
    happening = webinar_happening(webinar, page=page, shows_address=shows_address)
    file = calendar_file([happening], name=webinar.title, domain=settings.MAIL_DOMAIN)
    zone = client.zone if client else reader.zone
    return {
        "title": webinar.title,
        "link": page,
        "description": webinar.description,
        "description_html": to_html(webinar.description),
        "host": webinar.host,
        "when": span_words(webinar.starts_at, webinar.ends_at, zone=zone),
        "address": webinar.address if shows_address and not is_off else "",
        "reason": webinar.reason,
        "is_off": is_off,
        "files": [
            EnclosedFile(
                name="event.ics",
                content=file,
                subtype="calendar",
                parameters={"method": "CANCEL" if is_off else "PUBLISH"},
            )
        ],
    }
