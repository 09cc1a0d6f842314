"""Variables of canned replies are names from a list, replaced by text and by nothing else."""

import pytest

from tickets.domain.canned import filled, first_name, unknown_variables


@pytest.mark.parametrize(
    "text", ["{{ ticket.client.secret }}", "{{0.__class__}}", "{{7*7}}", "{{}}", "{{ naem }}", "{{me|safe}}"]
)
def test_what_is_not_in_the_list_is_unknown_and_stays(text: str) -> None:
    assert unknown_variables(text)
    assert filled(text, {"me": "Ines", "ticket": "HAL-1"}) == text


def test_known_variables_are_filled_with_or_without_blanks() -> None:
    assert unknown_variables("{{me}} {{ ticket }}") == []
    assert filled("{{me}}: {{ ticket }}", {"me": "Ines", "ticket": "HAL-1"}) == "Ines: HAL-1"


def test_a_value_is_never_read_again() -> None:
    assert filled("{{subject}}", {"subject": "{{me}}", "me": "Ines"}) == "{{me}}"


def test_a_variable_without_a_value_stays_to_be_seen() -> None:
    assert filled("Until {{next_due}}.", {"next_due": ""}) == "Until {{next_due}}."


def test_single_braces_and_percent_signs_are_text() -> None:
    assert unknown_variables("{me} {% me %} ${{") == []


def test_people_are_addressed_by_their_first_name() -> None:
    assert (first_name("Ines Valdor"), first_name("Ines"), first_name("")) == ("Ines", "Ines", "")
