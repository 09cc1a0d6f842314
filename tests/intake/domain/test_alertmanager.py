"""Reading webhooks of Alertmanager (P8)."""

from typing import Any

import pytest

from intake.domain.alertmanager import MOST_ALERTS, read_group
from intake.domain.malformed import MalformedError
from proactive.domain.checks import Check, Level


def alert(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """One alert of a group."""
    return {
        "status": "firing",
        "labels": {"alertname": "HostHighLoad", "instance": "jira-1:9100", "severity": "warning"},
        "annotations": {"summary": "Load is high", "value": "9.5"},
        "startsAt": "2026-03-02T09:00:00Z",
        "fingerprint": "a1b2",
        **changes,
    }


def group(*alerts: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A group as Alertmanager sends it."""
    return {"version": "4", "status": "firing", "groupKey": "{}", "alerts": list(alerts), **changes}


def test_a_group_gives_a_signal_for_each_of_its_alerts() -> None:
    gone = alert(status="resolved", fingerprint="c3")
    first, second = read_group(group(alert(), gone))
    assert (first.check, first.stated, first.value) == (Check.LOAD, Level.WARNING, 9.5)
    assert (first.name, first.text) == ("HostHighLoad on jira-1:9100", "Load is high")
    assert second.stated is Level.OK


@pytest.mark.parametrize(
    ("severity", "level"),
    [("page", Level.CRITICAL), ("", Level.CRITICAL), ("odd", Level.CRITICAL), ("info", Level.OK)],
)
def test_severity_says_how_bad_and_silence_means_critical(severity: str, level: Level) -> None:
    labels = {"alertname": "X", "severity": severity}
    assert read_group(group(alert(labels=labels)))[0].stated is level


def test_without_a_fingerprint_the_labels_tell_problems_apart() -> None:
    one, same, other = read_group(
        group(
            alert(fingerprint="", labels={"alertname": "X", "a": "1"}),
            alert(fingerprint="", labels={"a": "1", "alertname": "X"}),
            alert(fingerprint="", labels={"alertname": "X", "a": "2"}),
        )
    )
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ([], ""),
        ("text", ""),
        (group(alert(), version="3"), "version"),
        (group(), "alerts"),
        (group(alerts="many"), "alerts"),
        (group(*[alert()] * (MOST_ALERTS + 1)), "alerts"),
        (group(alert(status="on fire")), "alerts.0.status"),
        (group(alert(), alert(labels=["a"])), "alerts.1.labels"),
        (group(alert(labels={"alertname": 7})), "alerts.0.labels"),
        (group(alert(labels={"alertname": " "})), "alerts.0.labels.alertname"),
        (group(alert(fingerprint="x" * 201)), "alerts.0.fingerprint"),
        (group(alert(annotations={"value": {}})), "alerts.0.annotations"),
        (group(alerts=[None]), "alerts.0."),
    ],
)
def test_a_group_that_cannot_be_read_is_refused_whole_with_the_place(payload: object, field: str) -> None:
    with pytest.raises(MalformedError) as caught:
        read_group(payload)
    assert not field or field in caught.value.fields


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "seven", "", "1e300"])
def test_a_value_that_is_no_number_is_no_value(text: str) -> None:
    assert read_group(group(alert(annotations={"value": text})))[0].value is None
