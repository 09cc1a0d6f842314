"""What became of the mails of a mailing, and who would not get them: figures of mailings (P5, P6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person
from events.models import Record
from notify.models import Choice, DeadAddress, Delivery, Preference, State
from notify.routing import MAIL

_BACK = "Mail to this address came back"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingFigures:
    """How many mails of a mailing stand where; `suppressed` were not tried, for the address takes no mail."""

    made: int
    delivered: int
    waiting: int
    bounced: int
    suppressed: int
    unwanted: int
    doubtful: int


def mailing_figures(mailing_id: int) -> MailingFigures:
    """The figures of one mailing, in one statement."""
    counted = _mails_of(mailing_id).aggregate(
        made=Count("id"),
        delivered=Count("id", filter=Q(state=State.DONE)),
        waiting=Count("id", filter=Q(due_at__isnull=False)),
        bounced=Count("id", filter=Q(state=State.FAILED) & ~Q(outcome__startswith=_BACK)),
        suppressed=Count("id", filter=Q(state=State.FAILED, outcome__startswith=_BACK)),
        unwanted=Count("id", filter=Q(state=State.WITHDRAWN)),
        doubtful=Count("id", filter=Q(state=State.UNKNOWN, due_at__isnull=True)),
    )
    return MailingFigures(**counted)


def not_delivered(mailing_id: int) -> QuerySet[Delivery]:
    """The mails of a mailing that did not arrive, with their people; the caller shows readers their own."""
    failed = _mails_of(mailing_id).filter(state__in=(State.FAILED, State.UNKNOWN), due_at__isnull=True)
    return failed.select_related("person").order_by("id")


def turned_off(people: Iterable[int], *, group: str) -> int:
    """How many of those people do not want such mails."""
    off = Preference.objects.filter(group=group, channel=MAIL, choice=Choice.OFF)
    return off.filter(person__in=list(people)).count()


def without_address(people: Iterable[int]) -> int:
    """How many of those people have an address that takes no mail."""
    found = Person.objects.filter(id__in=list(people)).annotate(lowered=Lower("email"))
    return found.filter(lowered__in=DeadAddress.objects.values("address")).count()


def _mails_of(mailing_id: int) -> QuerySet[Delivery]:
    records = Record.objects.of("mailing", mailing_id).filter(kind="mailing.posted")
    return Delivery.objects.filter(record__in=records, channel=MAIL)
