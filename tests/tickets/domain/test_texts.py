"""What people type, made fit for storing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.domain.texts import NAME_LIMIT, clean_body, clean_file_name, clean_line, clean_tags


def test_a_body_keeps_its_lines_and_tabs() -> None:
    assert clean_body("one\r\n\ttwo\rthree\n\n") == "one\n\ttwo\nthree"


def test_a_body_loses_what_no_database_and_no_mail_takes() -> None:
    assert clean_body("a\x00b\x1b[31mc\u2028d") == "ab[31mc\nd"


def test_a_subject_cannot_start_a_new_mail_header() -> None:
    assert clean_line("Help\r\nBcc: all@acme.example") == "Help Bcc: all@acme.example"


@given(st.text())
def test_a_line_stays_one_line_whatever_is_typed(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


def test_what_is_dropped_between_two_blanks_leaves_one() -> None:
    assert clean_line("one \x00 two \u202e three") == "one two three"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_body(clean_body(text)) == clean_body(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_tags_stand_once_each_in_lower_case() -> None:
    assert clean_tags([" VPN", "vpn", "", "Jira  Cloud"]) == ["vpn", "jira cloud"]


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\log.txt", "log.txt"),
        ("a\r\nContent-Type: text/html.txt", "html.txt"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
    ],
)
def test_a_file_name_carries_no_path_and_no_tricks(given_name: str, kept: str) -> None:
    assert clean_file_name(given_name) == kept


def test_a_long_file_name_keeps_its_ending() -> None:
    short = clean_file_name("x" * 400 + ".tar.gz")
    assert len(short) == NAME_LIMIT
    assert short.endswith(".gz")
