"""A calendar as plan files and contracts write it, read into its rule and written back in one fixed way."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from contracts.domain.calendar.errors import BadDate, BadWindow, CalendarError, NeverOpens
from contracts.domain.calendar.rules import AlwaysOpen
from contracts.domain.calendar.span import LocalHolidays, SpanMoment, SpanWeek
from contracts.domain.calendar.weekly import WeeklyWindows
from contracts.domain.calendar.windows import (
    WEEKDAYS,
    Window,
    read_time,
    read_weekday,
    read_windows,
    write_time,
    write_windows,
)
from contracts.domain.calendar.zones import find_zone

AnyRule = AlwaysOpen | SpanWeek | WeeklyWindows

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WEEKLY_KEYS = {"tz", "weekly", "holidays", "overrides"}


def read_rule(spec: object) -> AnyRule:
    """Read {"tz", "weekly", "holidays", "overrides"}, {"always": true} or {"span": {"opens", "closes"}}.

    A span that waits on local holidays says so with "local_holidays": empty, or {"tz", "dates"} once known.
    """
    if not isinstance(spec, Mapping):
        raise CalendarError(f"a calendar is a table of settings, not {spec!r}")
    if "always" in spec:
        _refuse_others(spec, known={"always"})
        if spec["always"] is not True:
            raise CalendarError("always: write true, or leave it out and give tz and weekly")
        return AlwaysOpen()
    if "span" in spec:
        _refuse_others(spec, known={"span", "local_holidays"})
        return _read_span(spec["span"], local=_read_local(spec.get("local_holidays")))
    return _read_weekly(spec)


def _refuse_others(spec: Mapping[object, object], *, known: set[str]) -> None:
    others = sorted(str(key) for key in spec if key not in known)
    if others:
        raise CalendarError(f"{', '.join(others)}: unknown here; take out all but {', '.join(sorted(known))}")


def _read_span(spec: object, *, local: LocalHolidays | None) -> SpanWeek:
    if not isinstance(spec, Mapping) or set(spec) != {"opens", "closes"}:
        raise BadWindow('span: write opens and closes, each as in ["mon", "10:00", "Australia/Sydney"]')
    opens, closes = (_read_moment(spec[key], where=f"span.{key}") for key in ("opens", "closes"))
    if opens == closes:
        raise BadWindow('span: it opens and closes at one moment; for a week without closing write "always"')
    return SpanWeek(opens=opens, closes=closes, local=local)


def _read_local(spec: object) -> LocalHolidays | None:
    if spec is None:
        return None
    if not isinstance(spec, Mapping) or not (spec.keys() == {"tz", "dates"} or not spec):
        raise BadDate("local_holidays: write tz and dates, or leave the table empty until they are known")
    if not spec:
        return LocalHolidays()
    return LocalHolidays(zone=find_zone(spec["tz"]), dates=_read_holidays(spec["dates"]))


def _read_moment(value: object, *, where: str) -> SpanMoment:
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise BadWindow(f'{where}: write weekday, time and zone, as in ["mon", "10:00", "Australia/Sydney"]')
    try:
        weekday, second = read_weekday(value[0]), read_time(value[1])
    except BadWindow as error:
        raise BadWindow(f"{where}: {error}") from None
    return SpanMoment(weekday=weekday, second=second, zone=find_zone(value[2]))


def _read_weekly(spec: Mapping[object, object]) -> WeeklyWindows:
    _refuse_others(spec, known=_WEEKLY_KEYS)
    rule = WeeklyWindows(
        zone=find_zone(spec.get("tz")),
        week=_read_week(spec.get("weekly", {})),
        holidays=_read_holidays(spec.get("holidays", ())),
        overrides=_read_overrides(spec.get("overrides", {})),
    )
    if not rule.opens_at_all:
        raise NeverOpens(
            'the calendar has no opening window: give it one, as in weekly.mon = [["09:00", "17:00"]]'
        )
    return rule


def _read_week(value: object) -> tuple[tuple[Window, ...], ...]:
    if not isinstance(value, Mapping):
        raise BadWindow('weekly: write the windows by weekday, as in mon = [["09:00", "17:00"]]')
    try:
        days = {
            read_weekday(key): read_windows(windows, where=f"weekly.{key}") for key, windows in value.items()
        }
    except BadWindow as error:
        raise BadWindow(str(error) if str(error).startswith("weekly") else f"weekly: {error}") from None
    return tuple(days.get(weekday, ()) for weekday in range(7))


def _read_holidays(value: object) -> dict[date, str]:
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value.values()):
            raise BadDate("holidays: give each date its name as text")
        named = {_read_date(key, where="holidays"): str(name) for key, name in value.items()}
    elif isinstance(value, list | tuple):
        named = {_read_date(on, where="holidays"): "" for on in value}
    else:
        raise BadDate("holidays: write a list of dates, or a table of dates and their names")
    return dict(sorted(named.items()))


def _read_overrides(value: object) -> dict[date, tuple[Window, ...]]:
    if not isinstance(value, Mapping):
        raise BadDate('overrides: write the windows by date, as in "2026-12-24" = [["09:00", "12:00"]]')
    read = {
        _read_date(key, where="overrides"): read_windows(windows, where=f"overrides.{key}")
        for key, windows in value.items()
    }
    return dict(sorted(read.items()))


def _read_date(value: object, *, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    mend = f"{where}: {value!r} is no date; write year, month and day as in 2026-12-25"
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise BadDate(mend)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadDate(mend) from None


def write_rule(rule: AnyRule) -> dict[str, object]:
    """Write a rule in JSON primitives, the same for all ways of writing the same calendar."""
    match rule:
        case AlwaysOpen():
            return {"always": True}
        case SpanWeek():
            week = {"opens": _write_moment(rule.opens), "closes": _write_moment(rule.closes)}
            return {"span": week} if rule.local is None else {"span": week} | _write_local(rule.local)
        case WeeklyWindows():
            return _write_weekly(rule)


def _write_local(local: LocalHolidays) -> dict[str, object]:
    if local.zone is None:
        return {"local_holidays": {}}
    return {"local_holidays": {"tz": local.zone.key, "dates": _write_names(local.dates)}}


def _write_names(holidays: Mapping[date, str]) -> dict[str, str] | list[str]:
    names = {on.isoformat(): name for on, name in holidays.items()}
    return names if any(names.values()) else list(names)


def _write_moment(moment: SpanMoment) -> list[str]:
    return [WEEKDAYS[moment.weekday], write_time(moment.second), moment.zone.key]


def _write_weekly(rule: WeeklyWindows) -> dict[str, object]:
    return {
        "tz": rule.zone.key,
        "weekly": {
            day: write_windows(windows) for day, windows in zip(WEEKDAYS, rule.week, strict=True) if windows
        },
        "holidays": _write_names(rule.holidays),
        "overrides": {on.isoformat(): write_windows(windows) for on, windows in rule.overrides.items()},
    }
