"""Old alerts go after the days that an installation keeps them; counts and what waits stay (P8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.domain.actor import SYSTEM
from proactive.models import Alert, Receipt
from proactive.queries.monitoring import oldest_unsettled_at
from proactive.services.forgetting import forget_alerts
from proactive.services.receiving import keep_signals, receive_alerts
from proactive.services.watching import issue_monitoring_key
from tests.factories import MONDAY
from tests.proactive.monitoring.steps import hear, only_problem, signal, watched

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=91)


def test_old_alerts_and_their_raw_forms_go_and_the_count_stays() -> None:
    environment = watched()
    key, _ = issue_monitoring_key(actor=SYSTEM, at=MONDAY, environment=environment, name="Nagios")
    receive_alerts(at=MONDAY, key=key, source="nagios", body="raw", signals=[signal()])
    hear(environment, signal(), at=LATER - timedelta(days=1))
    assert (forget_alerts(at=LATER, days=90), forget_alerts(at=LATER, days=90)) == (1, 0)
    assert (Alert.objects.count(), Receipt.objects.count(), only_problem().count) == (1, 0, 2)


def test_no_days_keep_everything() -> None:
    hear(watched(), signal())
    assert forget_alerts(at=LATER, days=0) == 0
    assert Alert.objects.count() == 1


def test_what_nobody_looked_at_stays_and_is_told_by_its_age() -> None:
    keep_signals(at=MONDAY, environment=watched(), signals=[signal()])
    assert forget_alerts(at=LATER, days=90) == 0
    assert oldest_unsettled_at() == MONDAY
