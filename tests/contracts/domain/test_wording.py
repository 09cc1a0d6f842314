"""Two wordings of a golden rule are told apart line by line."""

from contracts.domain.wording import Line, compared


def test_the_same_wording_has_no_changes() -> None:
    assert compared(before="a\nb", after="a\nb") == [Line("same", "a"), Line("same", "b")]


def test_a_changed_line_is_gone_and_new() -> None:
    assert compared(before="a\nold\nc", after="a\nnew\nc") == [
        Line("same", "a"),
        Line("gone", "old"),
        Line("new", "new"),
        Line("same", "c"),
    ]


def test_a_first_wording_is_new_throughout() -> None:
    assert compared(before="", after="a") == [Line("new", "a")]


def test_everything_taken_out_is_gone() -> None:
    assert compared(before="a", after="") == [Line("gone", "a")]
