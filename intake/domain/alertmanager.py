"""Reading a webhook of Prometheus Alertmanager, version 4: one group, many alerts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from intake.domain.malformed import MalformedError
from proactive.domain.checks import Level, check_named
from proactive.domain.signals import NAME_LIMIT, TEXT_LIMIT, Signal

MOST_ALERTS = 2_000
_SEVERITIES: Final = {
    "critical": Level.CRITICAL,
    "page": Level.CRITICAL,
    "error": Level.CRITICAL,
    "high": Level.CRITICAL,
    "warning": Level.WARNING,
    "warn": Level.WARNING,
    "medium": Level.WARNING,
    "info": Level.OK,
    "none": Level.OK,
    "low": Level.OK,
}


def read_group(payload: object) -> list[Signal]:
    """The signals of a group in its order; raises `MalformedError` that names each alert that is wrong.

    Either the whole group is taken or none of it: Alertmanager sends it again. The label `severity` says how
    bad it is (critical where there is none), `caredesk_check` or else `alertname` which check it is, the
    annotation `value` the value that our own thresholds judge.
    """
    if not isinstance(payload, Mapping):
        raise MalformedError("The body is one JSON object, as Alertmanager's webhook sends it.")
    if payload.get("version") != "4":
        raise MalformedError("Only version 4 is read.", fields={"version": "4"})
    alerts = payload.get("alerts")
    if not isinstance(alerts, Sequence) or isinstance(alerts, str) or not alerts:
        raise MalformedError("There are no alerts in it.", fields={"alerts": "A list of one or more."})
    if len(alerts) > MOST_ALERTS:
        raise MalformedError(
            "Too many alerts.", fields={"alerts": f"{MOST_ALERTS:,} at most; set max_alerts."}
        )
    faults = {
        f"alerts.{place}.{name}": words for place, one in enumerate(alerts) for name, words in _faults(one)
    }
    if faults:
        raise MalformedError("Some alerts cannot be read.", fields=dict(list(faults.items())[:20]))
    return [_signal(one) for one in alerts]


def _faults(one: object) -> list[tuple[str, str]]:
    if not isinstance(one, Mapping):
        return [("", "An object.")]
    found = []
    if one.get("status") not in ("firing", "resolved"):
        found.append(("status", "firing or resolved."))
    found += [
        (name, "Names with texts.") for name in ("labels", "annotations") if not _is_texts(one.get(name, {}))
    ]
    if not isinstance(one.get("fingerprint", ""), str) or len(one.get("fingerprint", "")) > NAME_LIMIT:
        found.append(("fingerprint", "A short text."))
    if not found and not str(one.get("labels", {}).get("alertname", "")).strip():
        found.append(("labels.alertname", "Every alert has a name."))
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(one, str) for pair in value.items() for one in pair)


def _signal(one: Mapping[str, Any]) -> Signal:
    labels: Mapping[str, str] = one.get("labels", {})
    notes: Mapping[str, str] = one.get("annotations", {})
    name, place = labels["alertname"].strip(), labels.get("instance", "").strip()
    severity = labels.get("severity", "").strip().lower()
    firing = _SEVERITIES.get(severity, Level.CRITICAL)
    own = sorted(f"{label}={value}" for label, value in labels.items())
    return Signal(
        source="alertmanager",
        identity=one.get("fingerprint") or "\n".join(own),
        name=(f"{name} on {place}" if place else name)[:NAME_LIMIT],
        check=check_named(labels.get("caredesk_check") or name),
        stated=firing if one["status"] == "firing" else Level.OK,
        text=(notes.get("summary") or notes.get("description") or notes.get("message") or name)[:TEXT_LIMIT],
        value=_value(notes.get("value", "")),
    )


def _value(text: str) -> float | None:
    try:
        value = float(text.strip().rstrip("%"))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e12 else None
