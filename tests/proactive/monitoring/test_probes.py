"""Our own calls to public addresses: believed at the second failure, counted by day (P8)."""

from datetime import timedelta

import pytest

from proactive.domain.checks import Check
from proactive.models import Alert, Probe, ProbeDay, Problem
from proactive.services.probes import Answer, claim_due_probes, note_answer
from proactive.services.problems import settle_alerts
from tests.factories import MONDAY
from tests.factories.floors import nothing_reacts
from tests.proactive.monitoring.steps import minute, watched

__all__ = ["nothing_reacts"]
pytestmark = pytest.mark.django_db
UP = Answer(is_up=True, status=200, took_ms=80)
DOWN = Answer(is_up=False, fault="The connection was refused.")


def probe() -> Probe:
    """The one probe of a watched environment."""
    watched(public_urls=["https://jira.acme.example/"])
    return Probe.objects.get()


def hear(one: Probe, *answers: Answer) -> None:
    """Note one answer a minute, from nine on."""
    for number, answer in enumerate(answers):
        note_answer(at=minute(number), probe=one, answer=answer)
    settle_alerts(at=minute(len(answers)))


def test_an_address_is_due_at_once_and_then_every_minute() -> None:
    one = probe()
    assert claim_due_probes(at=MONDAY) == [one]
    note_answer(at=MONDAY, probe=one, answer=UP)
    assert claim_due_probes(at=minute(0.9)) == []
    assert claim_due_probes(at=minute(1)) == [one]


def test_what_one_worker_claimed_no_other_calls_until_the_claim_runs_out() -> None:
    one = probe()
    assert claim_due_probes(at=MONDAY) == [one]
    assert claim_due_probes(at=minute(1)) == []
    assert claim_due_probes(at=minute(2)) == [one]


def test_one_failed_call_is_not_believed() -> None:
    one = probe()
    hear(one, UP, DOWN, UP)
    one.refresh_from_db()
    assert (one.is_up, Alert.objects.count()) == (True, 0)


def test_two_failed_calls_in_a_row_open_a_ticket_and_more_add_nothing() -> None:
    one = probe()
    hear(one, UP, DOWN, DOWN, DOWN, DOWN)
    problem = Problem.objects.get()
    assert (problem.count, problem.check_name, problem.first_at) == (1, Check.WEB, minute(2))
    assert problem.ticket is not None
    assert "refused" in problem.ticket.messages.get().body


def test_the_first_good_answer_is_the_recovery() -> None:
    one = probe()
    hear(one, DOWN, DOWN, UP, UP)
    assert Problem.objects.get().recovered_at == minute(2)
    assert Alert.objects.count() == 2


def test_each_day_is_counted_and_gaps_are_not() -> None:
    one = probe()
    hear(one, UP, DOWN, UP)
    note_answer(at=MONDAY + timedelta(days=3), probe=one, answer=UP)
    days = ProbeDay.objects.values_list("measured", "failed")
    assert list(days) == [(3, 1), (1, 0)]


def ending(days: float) -> Answer:
    """A good answer under a certificate that ends so many days after Monday nine."""
    return Answer(is_up=True, status=200, certificate_ends_at=MONDAY + timedelta(days=days))


def test_a_certificate_near_its_end_opens_one_ticket() -> None:
    one = probe()
    hear(one, *[ending(29.9)] * 5)
    problem = Problem.objects.get()
    assert (problem.check_name, problem.count, Alert.objects.count()) == (Check.CERTIFICATE, 1, 1)
    assert problem.ticket is not None
    assert problem.ticket.rank == 3


def test_a_certificate_with_time_left_opens_nothing() -> None:
    hear(probe(), ending(31))
    assert Alert.objects.count() == 0


def test_the_last_week_is_worse_and_renewal_ends_it() -> None:
    one = probe()
    hear(one, ending(20), ending(6), ending(90))
    problem = Problem.objects.get()
    assert problem.recovered_at == minute(2)
    notes = (
        list(problem.ticket.messages.order_by("id").values_list("body", flat=True)) if problem.ticket else []
    )
    assert [note.splitlines()[0] for note in notes[1:]] == [
        "Monitoring says that this has become critical.",
        "Monitoring says that this is well again.",
    ]


def test_a_certificate_that_ended_while_nothing_answered_is_critical() -> None:
    one = probe()
    note_answer(at=MONDAY, probe=one, answer=ending(0.5))
    note_answer(at=MONDAY + timedelta(days=1), probe=one, answer=DOWN)
    settle_alerts(at=MONDAY + timedelta(days=1))
    assert (Problem.objects.get().level, Alert.objects.count()) == (2, 1)
