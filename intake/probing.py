"""Calling the public addresses of watched environments, through the one guarded door outwards (P8).

The calls are made outside any transaction, a few at a time; what they find is kept by the proactive floor.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from events.fail_points import crash_here
from events.queries import database_now
from notify.outbound import AddressRefusedError, UnreachableError, fetch
from proactive.models import Probe
from proactive.services.probes import Answer, claim_due_probes, note_answer

AT_ONCE: Final = 8
BATCH: Final = 24
#: A run ends well before its claims run out and the worker's time is up.
LONGEST_RUN_SECONDS: Final = 40.0
#: A service that asks who is there, or leads elsewhere, answers.
_ANSWERS: Final = frozenset({401, 403, 405, 407, 429})
_HEADERS: Final = {"User-Agent": "Caredesk-Probe/1", "Accept": "*/*", "Connection": "close"}


def probe_due() -> int:
    """Call every address that is due by the database's clock; gives how many were called."""
    began, called = time.monotonic(), 0
    while time.monotonic() - began < LONGEST_RUN_SECONDS:
        claimed = claim_due_probes(at=database_now(), limit=BATCH)
        if not claimed:
            break
        crash_here("probes_claimed")
        for probe, answer in zip(claimed, _answers(claimed), strict=True):
            note_answer(at=database_now(), probe=probe, answer=answer)
        called += len(claimed)
    return called


def call(url: str) -> Answer:
    """What one call of that address finds; a refused address is a fault in words like any other."""
    began = time.monotonic()
    try:
        reply = fetch(url, headers=_HEADERS, allow_plain=True)
    except (AddressRefusedError, UnreachableError) as fault:
        return Answer(is_up=False, fault=str(fault), took_ms=_since(began))
    is_up = reply.status < 400 or reply.status in _ANSWERS
    return Answer(
        is_up=is_up,
        status=reply.status,
        took_ms=_since(began),
        fault="" if is_up else f"Answers with status {reply.status}.",
        certificate_ends_at=reply.certificate_ends_at,
    )


def _answers(probes: Sequence[Probe]) -> list[Answer]:
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="probe") as pool:
        return list(pool.map(call, [probe.url for probe in probes]))


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
