"""What must never be found among clocks and verdicts; each as a query that gives the faults in words."""

from __future__ import annotations

from django.db.models import Count, F, Q

from slo.models import Clock, ClockQuerySet, Verdict


def clocks_across_clients() -> list[str]:
    """Clocks whose client is not that of their ticket or contract."""
    wrong = Clock.objects.exclude(client_id=F("ticket__client_id"), contract__client_id=F("client_id"))
    return [f"clock {clock_id} belongs to another client than its ticket" for clock_id in _ids(wrong)]


def clocks_judged_twice() -> list[str]:
    """Clocks with more than one verdict of met or missed."""
    twice = (
        Verdict.objects.filter(kind__in=("met", "missed"))
        .values("clock_id")
        .annotate(number=Count("id"))
        .filter(number__gt=1)
    )
    return [f"clock {row['clock_id']} has {row['number']} verdicts" for row in twice]


def clocks_without_verdict() -> list[str]:
    """Met or missed clocks for which no verdict was written, or one of the other kind."""
    judged = Clock.objects.filter(state__in=("met", "missed"))
    wrong = judged.exclude(id__in=Verdict.objects.filter(kind=F("clock__state")).values("clock_id"))
    return [f"clock {clock_id} says what no verdict says" for clock_id in _ids(wrong)]


def verdicts_without_clock() -> list[str]:
    """Verdicts on clocks that do not say so themselves."""
    wrong = Verdict.objects.filter(
        Q(kind="missed", clock__missed_at__isnull=True)
        | Q(kind="met", clock__met_at__isnull=True)
        | Q(kind="at_risk", clock__at_risk_at__isnull=True)
    )
    return [f"verdict {verdict_id} is not on its clock" for verdict_id in wrong.values_list("id", flat=True)]


def _ids(clocks: ClockQuerySet) -> list[int]:
    return list(clocks.values_list("id", flat=True))
