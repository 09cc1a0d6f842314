"""Sending what is due: claim, write from the record, send outside of any transaction, settle (F1, F8 to F12).

Mails go one after the other over one connection; webhooks are carried by threads that never touch the
database, one at a time for an endpoint, so that a sick one holds up nobody but itself.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from time import monotonic

from notify.channels.answer import Answer
from notify.models import Delivery
from notify.services.claiming import claim_hook, claim_mail
from notify.services.hooks import carried, parcel_for
from notify.services.mails import MailRun
from notify.services.settling import settle

HOOK_SLOTS = 16
#: After this long no further delivery is claimed: the next ring goes on.
RUN_SECONDS = 20.0


class Pace:
    """The database's moment at the start of a run, moved on by the time that has passed since."""

    def __init__(self, at: datetime) -> None:
        """Start at that moment."""
        self._at, self._started = at, monotonic()

    def now(self) -> datetime:
        """The moment that it is, by the clock that the run began with."""
        return self._at + timedelta(seconds=self.passed)

    @property
    def passed(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._started


def deliver_due(*, at: datetime, limit: int = 500) -> int:
    """Send mails and webhooks that are due, at most so many; gives how many attempts were made.

    Safe to run anywhere at any time: a claim is a compare and swap, and one whose process dies runs out after
    45 seconds. `at` is the database's moment.
    """
    pace = Pace(at)
    with ThreadPoolExecutor(max_workers=HOOK_SLOTS, thread_name_prefix="hook") as pool:
        hooks = HookRun(pool, pace=pace, limit=limit)
        mails = MailRun()
        try:
            hooks.tend()
            while mails.made < limit and pace.passed < RUN_SECONDS:
                mail = claim_mail(now=pace.now())
                if mail is None or not mails.send(mail, now=pace.now):
                    break
                hooks.tend()
        finally:
            mails.close()
            hooks.complete()
    return mails.made + hooks.made


class HookRun:
    """The webhooks under way in one run: who carries what, and which endpoints are busy with it."""

    def __init__(self, pool: ThreadPoolExecutor, *, pace: Pace, limit: int) -> None:
        """Nothing under way yet."""
        self.made = 0
        self._pool, self._pace, self._limit = pool, pace, limit
        self._under_way: dict[Future[Answer], Delivery] = {}

    def tend(self) -> None:
        """Settle what has come back, and send out more while there are free hands."""
        for future in [future for future in self._under_way if future.done()]:
            settle(self._under_way.pop(future), future.result(), now=self._pace.now())
        while len(self._under_way) < HOOK_SLOTS and self.made < self._limit:
            if self._pace.passed >= RUN_SECONDS or not self._send_one():
                return

    def complete(self) -> None:
        """Go on until nothing is due or under way."""
        self.tend()
        while self._under_way:
            wait(self._under_way, return_when=FIRST_COMPLETED)
            self.tend()

    def _send_one(self) -> bool:
        busy = {delivery.endpoint_id or 0 for delivery in self._under_way.values()}
        delivery = claim_hook(now=self._pace.now(), busy=busy)
        if delivery is None:
            return False
        self.made += 1
        parcel = parcel_for(delivery, now=self._pace.now())
        if isinstance(parcel, Answer):
            settle(delivery, parcel, now=self._pace.now())
        else:
            self._under_way[self._pool.submit(carried, parcel)] = delivery
        return True
