"""Public holidays of a country or region as a calendar takes them, from the holidays library."""

from functools import lru_cache

import holidays

# The library knows single years far beyond any contract; this many at once is a slip of the hand.
MOST_YEARS = 100


class PublicHolidaysError(ValueError):
    """Public holidays cannot be told; the message says how to mend the question."""


class UnknownCountry(PublicHolidaysError):  # noqa: N818 (the name is the fault itself)
    """The country is none whose holidays are known."""


class UnknownRegion(PublicHolidaysError):  # noqa: N818 (the name is the fault itself)
    """The country has no such region."""


class UnknownYears(PublicHolidaysError):  # noqa: N818 (the name is the fault itself)
    """No holidays are known for these years."""


def public_holidays(country: str, region: str | None, years: range) -> dict[str, str]:
    """Give the names of a country's public holidays by ISO date, with those of a region where one is given.

    Countries and regions are ISO 3166 codes, as in DE and BY. Where the library can, names are English. A day
    taken in lieu of a holiday counts. The answer is the caller's to change.
    """
    if not 0 < len(years) <= MOST_YEARS:
        raise UnknownYears(f"{years}: give 1 to {MOST_YEARS} years, as in range(2026, 2029)")
    return dict(_known(country, region, years))


@lru_cache(maxsize=256)
def _known(country: str, region: str | None, years: range) -> tuple[tuple[str, str], ...]:
    regions = holidays.list_supported_countries(include_aliases=False).get(country)
    if regions is None:
        raise UnknownCountry(f"{country!r} is no country with known holidays: give its ISO code, as in DE")
    if region is not None and region not in regions:
        known = ", ".join(regions) or "none, so give none"
        raise UnknownRegion(
            f"{region!r} is no region of {country} with holidays of its own; there are {known}"
        )
    found = holidays.country_holidays(country, subdiv=region, years=years, language=_language(country))
    if not found:
        raise UnknownYears(
            f"no holidays of {country} are known for {years.start} to {years[-1]}: give other years"
        )
    return tuple(sorted((on.isoformat(), name) for on, name in found.items()))


def _language(country: str) -> str | None:
    spoken = holidays.list_localized_countries(include_aliases=False).get(country, [])
    return next((language for language in ("en_GB", "en_US") if language in spoken), None)
