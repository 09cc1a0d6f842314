"""Statements on paper and in spreadsheets say what the ledger says, in every script (H9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hours.domain.statement import Line, StatementBody
from hours.models import EntryState, Movement
from hours.statement_csv import COLUMNS, kind_label, statement_csv
from hours.statement_pdf import Letterhead, statement_pdf
from tests.hours.reading import rows_of, texts_of

GRANT = Line(
    number=1, at="2026-03-01T00:00:00+00:00", kind="grant", minutes=600, bucket="Reserved hours", balance=600
)
WORK = Line(
    number=2,
    at="2026-03-02T09:00:00+00:00",
    kind="draw",
    minutes=-60,
    bucket="Reserved hours",
    balance=540,
    ticket="ACME-1",
    person="Zoë Żak",
    worked_on="2026-03-02",
    worked_minutes=50,
    billed_minutes=60,
    entry_id=7,
    note="Mended the board",
)
HELD = replace(WORK, number=0, kind="held", minutes=0, bucket="", balance=0, note="Went on", entry_id=8)
MARCH = StatementBody(
    contract_id=1, month="2026-03", zone="Europe/London", opening=0, closing=540, lines=(GRANT, WORK)
)
HEAD = Letterhead(client="Łódź Ltd", contract="Total Care", digest="ab" * 32)


def worded(**facts: Any) -> StatementBody:  # noqa: ANN401
    """March, with those facts of the line of work."""
    return replace(MARCH, lines=(GRANT, replace(WORK, **facts)))


def printed(body: StatementBody, head: Letterhead = HEAD) -> list[str]:
    """The texts on the paper."""
    return texts_of(statement_pdf(body, head))


def test_the_paper_names_client_contract_month_and_zone() -> None:
    texts = printed(MARCH)
    assert texts[:3] == ["Hours, March 2026", "Łódź Ltd · Total Care", "Times of Europe/London"]


def test_the_paper_adds_up() -> None:
    texts = printed(MARCH)
    start = texts.index("Opening balance")
    sums = ["0:00", "Granted", "10:00", "Work", "-1:00", "Closing balance", "9:00"]
    assert texts[start + 1 : start + 8] == sums


def test_a_line_of_work_shows_day_ticket_person_both_amounts_and_what_is_left() -> None:
    texts = " ".join(printed(MARCH))
    assert "2026-03-02 ACME-1 Work: Mended the board Zoë Żak 0:50 1:00 -1:00 9:00" in texts


@pytest.mark.parametrize("note", ["20 € für Łódź", "Ελλάδα", "Привет", "naïve – “quoted” …", "¼ × ½"])
def test_the_paper_takes_every_script_of_europe(note: str) -> None:
    assert note in " ".join(printed(worded(note=note)))


def test_a_long_note_is_cut_so_that_the_table_stays_readable() -> None:
    words = " ".join(printed(worded(note="abcd " * 100)))
    assert 25 <= words.count("abcd") <= 33


def test_what_moved_nothing_has_a_table_of_its_own() -> None:
    texts = printed(replace(MARCH, aside=(HELD,)))
    rest = texts[texts.index("Logged, but not taken from the balance") :]
    assert "Held: Went on" in " ".join(rest)
    assert "Logged, but not taken from the balance" not in printed(MARCH)


def test_a_closed_month_carries_its_digest_and_another_one_claims_none() -> None:
    assert any("ab" * 32 in text for text in printed(MARCH))
    still_open = printed(MARCH, Letterhead(client="A", contract="B"))
    assert not any("Closed" in text or "Digest" in text for text in still_open)


def test_a_movement_is_dated_where_the_client_is() -> None:
    sydney = replace(MARCH, zone="Australia/Sydney", lines=(replace(GRANT, at="2026-03-31T14:00:00+00:00"),))
    assert "2026-04-01" in printed(sydney)


def test_a_statement_of_many_lines_goes_over_several_pages() -> None:
    lines = tuple(replace(WORK, number=number) for number in range(2, 122))
    texts = printed(replace(MARCH, lines=(GRANT, *lines)))
    assert sum("Page" in text for text in texts) >= 3
    assert texts.count("Ticket") >= 3


def test_the_same_statement_is_the_same_file_to_the_byte() -> None:
    assert statement_pdf(MARCH, HEAD) == statement_pdf(MARCH, HEAD)


def test_an_empty_month_can_be_printed() -> None:
    empty = replace(MARCH, closing=0, lines=())
    assert "Closing balance" in printed(empty)


def test_the_csv_has_a_row_a_line_between_opening_and_closing() -> None:
    rows = rows_of(statement_csv(MARCH))
    assert [row["kind"] for row in rows] == ["Opening balance", "Granted", "Work", "Closing balance"]
    assert [row["balance"] for row in rows] == ["0", "600", "540", "540"]


def test_the_csv_keeps_its_columns() -> None:
    assert statement_csv(MARCH).splitlines()[0] == ",".join(COLUMNS)


def test_amounts_in_the_csv_are_whole_minutes_to_reckon_with() -> None:
    row = rows_of(statement_csv(MARCH))[2]
    assert (row["worked_minutes"], row["billed_minutes"], row["minutes"]) == ("50", "60", "-60")


def test_a_movement_without_work_leaves_the_columns_of_work_empty() -> None:
    row = rows_of(statement_csv(MARCH))[1]
    assert [row[name] for name in ("ticket", "person", "worked_on", "worked_minutes", "note")] == [""] * 5


def test_what_moved_nothing_is_in_the_csv_without_a_number_or_a_balance() -> None:
    row = rows_of(statement_csv(replace(MARCH, aside=(HELD,))))[3]
    assert (row["kind"], row["number"], row["balance"], row["minutes"]) == ("Held", "", "", "0")


@pytest.mark.parametrize("column", ["note", "person", "bucket"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_person_is_taken_for_a_formula(column: str, start: str) -> None:
    text = f'{start}HYPERLINK("https://bad.example","x")'
    assert rows_of(statement_csv(worded(**{column: text})))[2][column] == f"'{text}"


@pytest.mark.parametrize("text", ["1=1", "a+b", "Mended, then tested", 'He said "no"', "two\nlines", "€ Ł"])
def test_harmless_texts_come_through_as_they_are(text: str) -> None:
    assert rows_of(statement_csv(worded(note=text)))[2]["note"] == text


@pytest.mark.parametrize("kind", [*Movement.values, *EntryState.values])
def test_every_kind_of_line_has_words(kind: str) -> None:
    assert kind_label(kind)
    assert "_" not in kind_label(kind)
