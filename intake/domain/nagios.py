"""Reading a notification of Nagios, as the command in docs/operations.md sends it: one form, one alert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.domain.malformed import MalformedError
from intake.domain.perfdata import value_in
from proactive.domain.checks import Check, Level, check_named
from proactive.domain.signals import NAME_LIMIT, TEXT_LIMIT, Signal

FIELDS: Final = ("type", "host", "service", "check", "state", "output", "perfdata", "time")
_STATES: Final = {
    "OK": Level.OK,
    "UP": Level.OK,
    "WARNING": Level.WARNING,
    "UNKNOWN": Level.WARNING,
    "CRITICAL": Level.CRITICAL,
    "DOWN": Level.CRITICAL,
    "UNREACHABLE": Level.CRITICAL,
}
#: Notifications that say how a check stands; all others are kept and change nothing.
_NEWS: Final = ("PROBLEM", "RECOVERY")
_OTHERS: Final = (
    "ACKNOWLEDGEMENT",
    "FLAPPINGSTART",
    "FLAPPINGSTOP",
    "FLAPPINGDISABLED",
    "DOWNTIMESTART",
    "DOWNTIMEEND",
    "DOWNTIMECANCELLED",
    "CUSTOM",
)


def read_notification(form: Mapping[str, str]) -> Signal:
    """The signal in a notification; raises `MalformedError` with words for each field that is wrong.

    A host's own alert has no service and counts as the web service's: nothing is reached on a host that is
    down. Names decide nothing about whose alert it is: the key does.
    """
    said = {name: form.get(name, "").strip() for name in FIELDS}
    unknown = sorted(set(form) - set(FIELDS))
    faults = dict.fromkeys(unknown, "This field is not known here.")
    kind, state = said["type"].upper(), said["state"].upper()
    if kind not in (*_NEWS, *_OTHERS):
        faults["type"] = "One of the notification types of Nagios, such as PROBLEM or RECOVERY."
    if state not in _STATES:
        faults["state"] = f"One of {', '.join(_STATES)}."
    if not said["host"]:
        faults["host"] = "The name of the host, $HOSTNAME$."
    for name in ("host", "service", "check"):
        if len(said[name]) > NAME_LIMIT:
            faults[name] = f"{NAME_LIMIT} characters at most."
    if faults:
        raise MalformedError("The notification cannot be read.", fields=faults)
    return _signal(said, _STATES[state], is_news=kind in _NEWS)


def _signal(said: Mapping[str, str], stated: Level, *, is_news: bool) -> Signal:
    host, service = said["host"], said["service"]
    own = "" if said["check"].startswith("$") else said["check"]  # Nagios leaves unknown macros as they are
    check = check_named(own or service) if service or said["check"] else Check.WEB
    name = f"{service} on {host}" if service else host
    return Signal(
        source="nagios",
        identity=f"{host}\n{service}",
        name=name[:NAME_LIMIT],
        check=check,
        stated=stated,
        text=said["output"][:TEXT_LIMIT],
        value=value_in(check, said["perfdata"]),
        is_news=is_news,
    )
