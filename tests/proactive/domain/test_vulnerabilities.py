"""Versions, names of products, and entries of the feed (P9)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive.domain.advisories import MalformedEntryError, read_entry
from proactive.domain.cpe import NotACpeError, Range, read_name, read_range
from proactive.domain.versions import compare, is_version

CPE = "cpe:2.3:a:atlassian:confluence_data_center:{}:*:*:*:*:*:*:*"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("9.12.0", "9.12.10"),
        ("9.9", "9.10"),
        ("8.5.0-rc1", "8.5.0"),
        ("8.5.0-m03", "8.5.0-rc1"),
        ("1.0.2", "1.0.2k"),
        ("v7", "8"),
        ("10.3", "10.3.1"),
    ],
)
def test_an_older_version_sorts_before_a_newer_one(older: str, newer: str) -> None:
    assert compare(older, newer) < 0 < compare(newer, older)


@pytest.mark.parametrize(("one", "other"), [("9.12", "9.12.0"), ("v8.5", "8.5.0"), ("10-3", "10.3")])
def test_versions_that_mean_the_same_are_the_same(one: str, other: str) -> None:
    assert compare(one, other) == 0


@pytest.mark.parametrize("text", ["", "cloud", "latest", "*", "-", "1" * 100])
def test_what_is_no_version_is_never_compared(text: str) -> None:
    assert not is_version(text)
    assert not Range(product="a:b").holds(text)


@given(*[st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}(-rc[0-9])?", fullmatch=True)] * 3)
def test_versions_have_one_order(one: str, two: str, three: str) -> None:
    assert (compare(one, two) > 0) == (compare(two, one) < 0)
    if compare(one, two) <= 0 and compare(two, three) <= 0:
        assert compare(one, three) <= 0


def match(version: str = "*", **ends: str) -> dict[str, Any]:
    """One `cpeMatch` of the feed."""
    return {"vulnerable": True, "criteria": CPE.format(version), **ends}


@pytest.mark.parametrize(
    ("ends", "inside", "outside"),
    [
        (
            {"versionStartIncluding": "8.0.0", "versionEndExcluding": "8.5.4"},
            ["8.0", "8.5.3"],
            ["7.19", "8.5.4", "8.5.4.0"],
        ),
        (
            {"versionStartExcluding": "8.0.0", "versionEndIncluding": "8.5.4"},
            ["8.0.1", "8.5.4"],
            ["8.0.0", "8.5.5"],
        ),
        ({"versionEndExcluding": "8.5.4"}, ["1.0", "8.5.4-rc1"], ["8.5.4"]),
        ({"versionStartIncluding": "8.0"}, ["8.0", "99"], ["7.99"]),
        ({}, ["1", "99"], []),
    ],
)
def test_the_four_kinds_of_ends_hold_to_the_letter(
    ends: dict[str, str], inside: list[str], outside: list[str]
) -> None:
    found = read_range(match(**ends))
    assert [found.holds(version) for version in (*inside, *outside)] == [True] * len(inside) + [False] * len(
        outside
    )


def test_a_name_with_a_version_means_that_version_alone() -> None:
    found = read_range(match("8.5.3"))
    assert (found.holds("8.5.3"), found.holds("8.5.2"), found.holds("8.5.4")) == (True, False, False)


def test_a_range_survives_being_stored() -> None:
    for ends in ({}, {"versionStartExcluding": "1"}, {"versionEndIncluding": "2"}):
        found = read_range(match(**ends))
        assert Range.from_data(found.to_data()) == found


def test_escaped_signs_do_not_divide_a_name() -> None:
    name, kind = read_name(r"cpe:2.3:a:some\:vendor:pro\-duct:1.0\+b:rc1:*:*:*:*:*:*")
    assert (name.vendor, name.product, name.version, kind) == ("some:vendor", "pro-duct", "1.0+b-rc1", "a")


@pytest.mark.parametrize("text", ["", "cpe:/a:x:y", "cpe:2.3:a", "cpe:2.3:a:::1:*:*:*:*:*:*:*", "x" * 5000])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(NotACpeError):
        read_name(text)


def entry(name: str = "CVE-2026-1234", score: float = 9.8, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """One entry of a feed."""
    cve = {
        "id": name,
        "published": "2026-02-01T10:15:09.123",
        "lastModified": "2026-02-03T10:15:09.123",
        "vulnStatus": "Analyzed",
        "descriptions": [{"lang": "es", "value": "Hola"}, {"lang": "en", "value": "Broken\nthings"}],
        "metrics": {"cvssMetricV31": [{"type": "Primary", "cvssData": {"baseScore": score}}]},
        "configurations": [
            {"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [match(versionEndExcluding="8.5.4")]}]}
        ],
        **facts,
    }
    return {"cve": cve}


def test_an_entry_says_whom_it_concerns() -> None:
    facts = read_entry(entry())
    assert (facts.name, facts.title, facts.score) == ("CVE-2026-1234", "Broken things", 9.8)
    assert facts.published_at.isoformat() == "2026-02-01T10:15:09.123000+00:00"
    assert [one.product for one in facts.ranges] == ["atlassian:confluence_data_center"]


@pytest.mark.parametrize(("score", "is_grave"), [(8.9, False), (9.0, True), (10.0, True)])
def test_a_base_score_of_nine_is_grave(score: float, is_grave: bool) -> None:
    assert read_entry(entry(score=score)).is_grave is is_grave


def metric(score: float) -> list[dict[str, Any]]:
    """A metric of that score."""
    return [{"cvssData": {"baseScore": score}}]


@pytest.mark.parametrize(
    ("metrics", "score"),
    [
        ({"cvssMetricV40": metric(8.7), "cvssMetricV31": metric(9.8)}, 9.8),
        ({"cvssMetricV31": metric(7.0), "cvssMetricV2": metric(10.0)}, 7.0),
        ({"cvssMetricV2": metric(10.0)}, 10.0),
        ({}, 0.0),
        (None, 0.0),
    ],
)
def test_the_highest_score_of_the_newer_scales_counts(metrics: Any, score: float) -> None:  # noqa: ANN401
    assert read_entry(entry(metrics=metrics)).score == score


def test_a_rejected_entry_is_never_grave() -> None:
    assert not read_entry(entry(vulnStatus="Rejected")).is_grave


def test_what_is_not_marked_as_vulnerable_is_no_range() -> None:
    nodes = [
        {"cpeMatch": [{**match(), "vulnerable": False}]},
        {"negate": True, "cpeMatch": [match()]},
        {"cpeMatch": []},
    ]
    assert read_entry(entry(configurations=[{"nodes": nodes}, {}])).ranges == ()


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        {},
        {"cve": None},
        {"cve": {"id": "CVE-1"}},
        {"cve": {"id": 7}},
        entry(published="yesterday"),
        entry(lastModified=None),
        entry(metrics={"cvssMetricV31": [{"cvssData": {"baseScore": "high"}}]}),
        entry(metrics={"cvssMetricV31": metric(99.0)}),
        entry(metrics=[]) | {"cve": {**entry()["cve"], "metrics": [1]}},
        entry(configurations=[{"nodes": [{"cpeMatch": [{"vulnerable": True}]}]}]),
        entry(configurations=[{"nodes": [{"cpeMatch": [{"vulnerable": True, "criteria": "cpe:2.3:a"}]}]}]),
        entry(configurations="all of them"),
        entry(descriptions=[{"value": "x"}]),
    ],
)
def test_an_entry_that_does_not_keep_to_the_form_is_refused_with_words(broken: object) -> None:
    with pytest.raises(MalformedEntryError, match=r"\w"):
        read_entry(broken)
