"""How alerts fold into one problem (P8)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from proactive.domain.checks import Level
from proactive.domain.problems import (
    FLAPPING_TURNS,
    REST,
    News,
    Note,
    Standing,
    calmed,
    fold,
    is_over,
)
from proactive.domain.signals import Beat
from tests.factories import MONDAY


def beat(minute: float, *, on: bool = True, level: Level = Level.CRITICAL) -> Beat:
    """What we hear so many minutes after nine."""
    return Beat(
        at=MONDAY + timedelta(minutes=minute), level=level if on else Level.OK, is_firing=on, text=f"{minute}"
    )


def news(notes: tuple[Note, ...]) -> list[News]:
    """What is worth a note, in order."""
    return [note.news for note in notes]


def begun() -> Standing:
    """A problem that began at nine."""
    standing, _ = fold(None, [beat(0)])
    assert standing is not None
    return standing


def test_good_news_about_nothing_is_nothing() -> None:
    assert fold(None, [beat(0, on=False), beat(1, on=False)]) == (None, ())


def test_the_first_bad_news_begins_a_problem() -> None:
    standing = begun()
    assert (standing.count, standing.first_at, standing.recovered_at) == (1, MONDAY, None)


def test_repeats_are_counted_and_say_nothing() -> None:
    standing, notes = fold(begun(), [beat(minute) for minute in range(1, 1000)])
    assert standing is not None
    assert (standing.count, notes) == (1000, ())
    assert standing.last_at == MONDAY + timedelta(minutes=999)


def test_a_warning_that_becomes_critical_is_worth_a_note_once() -> None:
    before, _ = fold(None, [beat(0, level=Level.WARNING)])
    standing, notes = fold(before, [beat(1), beat(2, level=Level.WARNING), beat(3)])
    assert news(notes) == [News.WORSE]
    assert standing is not None
    assert standing.level is Level.CRITICAL


def test_recovery_is_noted_once_and_a_return_joins() -> None:
    standing, notes = fold(begun(), [beat(1, on=False), beat(2, on=False), beat(3)])
    assert news(notes) == [News.RECOVERED, News.RETURNED]
    assert standing is not None
    assert (standing.recovered_at, standing.count) == (None, 2)


def test_turns_within_an_hour_are_flapping_and_grow_quiet() -> None:
    turns = [beat(minute, on=minute % 2 == 0) for minute in range(1, 60)]
    standing, notes = fold(begun(), turns)
    assert standing is not None
    assert standing.is_flapping
    assert news(notes) == [News.RECOVERED, News.RETURNED, News.RECOVERED, News.FLAPPING]


def test_slow_turns_are_no_flapping() -> None:
    turns = [beat(61 * step, on=step % 2 == 0) for step in range(1, 20)]
    standing, notes = fold(begun(), turns)
    assert standing is not None
    assert not standing.is_flapping
    assert len(notes) == 19


def test_flapping_calms_after_an_hour_without_a_turn_and_not_before() -> None:
    standing, _ = fold(begun(), [beat(minute, on=minute % 2 == 0) for minute in range(1, 11)])
    assert standing is not None
    last = standing.turns[-1]
    assert calmed(standing, at=last + timedelta(minutes=59))[1] is None
    after, note = calmed(standing, at=last + timedelta(hours=1))
    assert note is not None
    assert (note.news, after.is_flapping) == (News.CALM, False)
    assert calmed(after, at=last + timedelta(hours=2))[1] is None


def test_a_problem_is_over_when_it_rested_and_its_ticket_is_done() -> None:
    standing, _ = fold(begun(), [beat(1, on=False)])
    assert standing is not None
    rested = MONDAY + timedelta(minutes=1) + REST
    assert is_over(standing, at=rested, is_ticket_done=True)
    assert not is_over(standing, at=rested - timedelta(seconds=1), is_ticket_done=True)
    assert not is_over(standing, at=rested, is_ticket_done=False)
    assert not is_over(begun(), at=rested, is_ticket_done=True)


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=60), st.integers(0, 60))
def test_the_cut_between_two_batches_changes_nothing(steps: list[tuple[int, bool]], cut: int) -> None:
    minutes, beats = 0, []
    for gap, on in steps:
        minutes += gap
        beats.append(beat(minutes, on=on))
    whole, notes = fold(None, beats)
    half, first = fold(None, beats[:cut])
    rest, second = fold(half, beats[cut:])
    assert (rest, first + second) == (whole, notes)


@given(st.lists(st.booleans(), max_size=400))
def test_any_storm_of_turns_writes_few_notes(ons: list[bool]) -> None:
    beats = [beat(index / 60, on=on) for index, on in enumerate(ons)]
    standing, notes = fold(None, beats)
    assert len(notes) <= FLAPPING_TURNS
    firing = sum(ons)
    assert (standing.count if standing else 0) == firing
