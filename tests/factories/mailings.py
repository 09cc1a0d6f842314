"""Makes what is mailed to many: insights and events."""

from datetime import datetime, timedelta

from proactive.domain.mailings import Audience
from proactive.models import Mailing, Webinar
from proactive.services import (
    ItemWords,
    WebinarWords,
    add_item,
    announce_webinar,
    make_programmes,
    plan_webinar,
    send_mailing_now,
    write_insight,
)
from proactive.services.posting import begin_mailings, post_batch
from tests.factories.desks import Desk, make_desk
from tests.factories.moments import MONDAY
from tests.factories.people import actor_of

EVERYBODY = Audience()
ITEM = ItemWords(topic="news", title="A new release", body="It is **faster**.")


def webinar_words(
    starts_at: datetime, *, title: str = "Automation that lasts", address: str = "", seats: int | None = None
) -> WebinarWords:
    """An hour about automation."""
    return WebinarWords(
        title=title,
        description="What goes wrong, and what helps.",
        host="Clement",
        starts_at=starts_at,
        minutes=60,
        address=address or "https://meet.example/room",
        seats=seats,
    )


def mail_desk(key: str = "ACME", plan: str = "total-care") -> Desk:
    """A desk whose contract has its programmes."""
    desk = make_desk(key, plan=plan)
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


def draft_insight(desk: Desk, *items: ItemWords, audience: Audience = EVERYBODY) -> Mailing:
    """A draft with one item, or those given."""
    actor = actor_of(desk.csm)
    mailing = write_insight(
        actor=actor, at=MONDAY, title="News of March", intro="Read on.", audience=audience
    )
    for words in items or (ITEM,):
        add_item(actor=actor, at=MONDAY, mailing=mailing, words=words)
    return mailing


def sent_insight(desk: Desk, *items: ItemWords, at: datetime = MONDAY) -> Mailing:
    """An insight that everybody was given."""
    mailing = draft_insight(desk, *items)
    send_mailing_now(actor=actor_of(desk.csm), at=at, mailing=mailing)
    post_all(at)
    mailing.refresh_from_db()
    return mailing


def announced_webinar(desk: Desk, *, at: datetime = MONDAY, seats: int | None = None) -> Webinar:
    """An event in ten days to which everybody was invited."""
    words = webinar_words(at + timedelta(days=10), seats=seats)
    webinar = plan_webinar(actor=actor_of(desk.csm), at=at, words=words, audience=EVERYBODY)
    announce_webinar(actor=actor_of(desk.csm), at=at, webinar=webinar)
    post_all(at)
    webinar.refresh_from_db()
    return webinar


def post_all(at: datetime) -> None:
    """Begin and send what is due, as the sweep does."""
    begin_mailings(at=at)
    while Mailing.objects.filter(state="sending").exists():
        post_batch(at=at)
