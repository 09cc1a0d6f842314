"""A month of planned work, and the labels of choices."""

from datetime import date

from web.drawing.cards import Card
from web.drawing.month import Entry, month_of

TODAY = date(2026, 10, 13)


def entry(day: date, state: str = "plan") -> Entry:
    """A health check."""
    return Entry(on=day, title="Orrin", text="Health check", state=state, address="#")


def test_weeks_begin_on_monday_and_are_whole() -> None:
    month = month_of(2026, 10, [], today=TODAY)
    assert month.title == "October 2026"
    assert [len(week) for week in month.weeks] == [7, 7, 7, 7, 7]
    assert month.weeks[0][0].words == "28"


def test_days_say_whether_they_are_outside_off_or_today() -> None:
    month = month_of(2026, 10, [], today=TODAY)
    assert month.weeks[0][0].css == "is-out"
    assert month.weeks[0][5].css == "is-off"
    assert month.weeks[2][1].css == "is-today"


def test_entries_stand_on_their_day() -> None:
    month = month_of(2026, 10, [entry(TODAY)], today=TODAY)
    assert [one.title for one in month.weeks[2][1].entries] == ["Orrin"]


def test_the_list_holds_the_month_alone_in_order() -> None:
    days = [date(2026, 10, 20), date(2026, 10, 6), date(2026, 9, 30)]
    month = month_of(2026, 10, [entry(day) for day in days], today=TODAY)
    assert [one.day for one in month.agenda] == ["Tue 6", "Tue 20"]


def test_every_state_has_its_words() -> None:
    words = [entry(TODAY, state).state_words for state in ("late", "plan", "on", "done")]
    assert words == ["overdue", "planned", "under way", "done"]


def test_a_card_is_its_words_and_carries_a_hint() -> None:
    card = Card("Critical", hint="Nobody can work.")
    assert card == "Critical"
    assert card.hint == "Nobody can work."
