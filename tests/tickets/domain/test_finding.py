"""Words are taken from texts and from questions in one way; what is shown marks exactly what was found."""

import pytest

from tickets.domain.finding import (
    SNIPPET_LENGTH,
    WORD_LIMIT,
    WORDS_ASKED_AT_MOST,
    Part,
    asked_words,
    is_hit,
    marked,
    snippet_of,
    words_of,
)


def told(parts: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gerät ÉTAGE", ["etage", "gerat"]),
        ("ge\u0301ant", ["geant"]),
        ("Straße", ["strasse"]),
        ("HAL-2043: foo_bar@x.example", ["2043", "bar", "example", "foo", "hal", "x"]),
        ("印刷機 が", ["か", "刷", "印", "機"]),
        ("½ ﷺ", ["1", "2", "الله", "صلى", "عليه", "وسلم"]),
        ("to to TO", ["to"]),
        ("🔥 — ! \x00", []),
    ],
)
def test_texts_become_plain_words(text: str, words: list[str]) -> None:
    assert words_of(text) == sorted(words)


def test_endless_words_are_known_by_their_beginning() -> None:
    assert words_of("a" * 5000) == ["a" * WORD_LIMIT]
    assert asked_words("a" * 5000) == words_of("a" * 5000)


def test_a_question_has_each_word_once_and_not_too_many() -> None:
    assert asked_words("disk DISK full") == ["disk", "full"]
    assert len(asked_words(" ".join(f"w{n}" for n in range(99)))) == WORDS_ASKED_AT_MOST


@pytest.mark.parametrize(
    ("word", "asked", "hits"),
    [("printer", "pri", True), ("printer", "pr", False), ("pr", "pr", True), ("sprint", "print", False)],
)
def test_longer_words_find_those_that_begin_with_them(word: str, asked: str, hits: bool) -> None:
    assert is_hit(word, [asked]) is hits


def test_what_was_found_is_marked_in_the_text_as_it_was_written() -> None:
    assert told(marked("Das Gerät, Geräte!", ["gerat"])) == "Das [Gerät], [Geräte]!"
    assert told(marked("nothing", ["else"])) == "nothing"
    assert told(marked("½ l", ["1", "2"])) == "[½] l"


def test_a_snippet_is_one_line_around_the_first_hit() -> None:
    text = "word " * 100 + "\n\nthe **canary** sings " + "word " * 100
    line = told(snippet_of(text, ["canary"]))
    assert "[canary]" in line
    assert line.startswith("… ")
    assert line.endswith(" …")
    assert "\n" not in line
    assert len(line) <= SNIPPET_LENGTH + 10


def test_a_text_without_blanks_is_cut_around_the_hit_too() -> None:
    text = "あ" * 900 + "印" + "あ" * 900
    line = told(snippet_of(text, ["印"]))
    assert "[印]" in line
    assert len(line) <= SNIPPET_LENGTH + 10


def test_a_text_without_a_hit_shows_nothing() -> None:
    assert snippet_of("a calm text", ["storm"]) == []
