"""How a contract's hours are going: figures, the chart of the period and its numbers, for both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hours.domain.forecast import WEEK_DAYS, WEEKS
from hours.models import BucketKind
from hours.queries import Balance, HoursForecast
from web.drawing.burn_down import BurnDown, burn_down
from web.drawing.meter import Meter, meter_of
from web.wording.amounts import hmm, percent

_AHEAD = timedelta(days=4 * WEEK_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure with what it is measured against."""

    label: str
    number: str
    of: str = ""
    extra: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The present period: first and last day, the share gone by, and the pace; `name` is the chart's id."""

    first: date
    last: date
    today: date
    balance: Balance
    expected: HoursForecast
    name: str = "burn"

    @property
    def passed_percent(self) -> float | None:
        """How much of the period has gone by; None where hours have no end."""
        if self.expected.period_ends_on is None:
            return None
        return 100 * (self.today - self.first).days / max(1, (self.last - self.first).days + 1)

    @property
    def runs_out_on(self) -> date | None:
        """The day without hours at this pace."""
        return self.expected.forecast.runs_out_on

    @property
    def between(self) -> tuple[date | None, date | None] | None:
        """The earliest and the latest day without hours (H10); None while nothing is drawn."""
        expected = self.expected.forecast
        return (expected.earliest_on, expected.latest_on) if expected.minutes_a_week else None

    @property
    def range_words(self) -> str:
        """The range of the forecast in words; empty where the hours outlast the period for certain."""
        earliest, latest = self.between or (None, None)
        ends = self.expected.period_ends_on
        if earliest is None or (ends is not None and earliest >= ends):
            return ""
        if latest is None or (ends is not None and latest >= ends):
            return f"{self._day(earliest)} at the earliest"
        return f"between {self._day(earliest)} and {self._day(latest)}"

    def _day(self, on: date) -> str:
        """A day as people say it, with its year where that is another one."""
        return day_words(on) if on.year == self.today.year else f"{day_words(on)} {on.year}"

    @property
    def meter(self) -> Meter:
        """The share used as a bar."""
        passed = self.passed_percent
        return meter_of(used=self.balance.drawn, granted=self.balance.granted, passed_percent=passed)

    def tiles(self) -> list[Tile]:
        """The figures at the top of the hours page."""
        balance = self.balance
        tiles = [
            Tile(
                label="Left",
                number=hmm(balance.available),
                of=f"of {hmm(balance.granted)}",
                extra=self._renewal(),
            ),
            Tile(label="Used", number=hmm(balance.drawn), extra=self._used()),
            self._pace(),
        ]
        if balance.held:
            words = "Logged, and drawn once you say yes"
            tiles.append(
                Tile(label="Waiting for approval", number=hmm(balance.held), extra=words, tone="warn")
            )
        return tiles

    def chart(self) -> BurnDown | None:
        """Hours left over the period; None while there is nothing to draw."""
        drawn = {on: minutes for on, minutes in self.expected.drawn_by_day.items() if on >= self.first}
        left = start = self.expected.available + sum(drawn.values())
        if start <= 0:
            return None
        by_day: dict[date, int] = {}
        for on in sorted(drawn):
            left -= drawn[on]
            by_day[min(on, self.today)] = left
        by_day[self.today] = left
        return burn_down(
            element_id=self.name,
            title="Support hours left",
            first=self.first,
            last=self.last,
            granted=start,
            left_by_day=sorted(by_day.items()),
            empty_on=self.runs_out_on,
            between=self.between,
        )

    def chart_heads(self) -> list[str]:
        """What stands above the columns of `chart_rows`."""
        return ["Day", "Used", "Left"]

    def chart_rows(self) -> list[list[str]]:
        """The same as a table: day, used, left."""
        drawn = {on: minutes for on, minutes in self.expected.drawn_by_day.items() if on >= self.first}
        left, rows = self.expected.available + sum(drawn.values()), []
        for on in sorted(drawn):
            left -= drawn[on]
            rows.append([day_words(on), hmm(drawn[on]), hmm(left)])
        return rows

    def _renewal(self) -> str:
        ends = self.expected.period_ends_on
        return f"Until {day_words(ends - timedelta(days=1))}" if ends else "They do not end"

    def _used(self) -> str:
        used = f"{percent(self.balance.drawn, self.balance.granted)} used"
        passed = self.passed_percent
        return used if passed is None else f"{used}, {round(passed)} % of the period over"

    def _pace(self) -> Tile:
        empty = self.runs_out_on
        if empty is None:
            return Tile(label="At this pace", number="Enough", extra="Little is drawn at the moment")
        if self.expected.runs_out_early and self.expected.period_ends_on is not None:
            early = (self.expected.period_ends_on - empty).days
            words = f"Runs out {early} day{'' if early == 1 else 's'} early, {self.range_words}"
            return Tile(label="At this pace", number=day_words(empty), extra=words, tone="warn")
        if self.expected.period_ends_on is not None:
            return Tile(label="At this pace", number="Enough", extra="They last beyond the period")
        return Tile(label="At this pace", number=self._day(empty), extra=_sentence(self.range_words))


def outlook_of(
    balance: Balance, expected: HoursForecast, *, today: date, zone: ZoneInfo, name: str = "burn"
) -> Outlook:
    """The present period of a contract, at most the eight weeks that the forecast reads.

    `name` tells its chart from others on the page.
    """
    begun = [
        one.opened_at.astimezone(zone).date() for one in balance.buckets if one.kind == BucketKind.RESERVED
    ]
    first = max(max(begun, default=today.replace(day=1)), today - timedelta(days=WEEKS * WEEK_DAYS - 1))
    ends = expected.period_ends_on
    last = max(ends - timedelta(days=1), today) if ends else today + _AHEAD
    return Outlook(
        first=min(first, today), last=last, today=today, balance=balance, expected=expected, name=name
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def day_words(on: date) -> str:
    """A day as `Thu 5 Nov`."""
    return f"{on:%a} {on.day} {on:%b}"
