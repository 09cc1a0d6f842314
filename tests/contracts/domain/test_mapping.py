"""Between two systems' words, both ways."""

from contracts.domain.mapping import OUR_STATES, Maps
from tests.factories.joined import MAPS
from tickets.domain.lifecycle import Status

THEIRS = {"key": 7, "fields": {"summary": " Down ", "priority": {"name": "p1"}, "status": "Open"}}


def test_a_ticket_of_theirs_is_read_by_paths_tables_and_constants() -> None:
    read = MAPS.inward(THEIRS)
    assert read.faults == {}
    assert read.ticket == {
        "external_reference": "7",
        "subject": "Down",
        "urgency": "critical",
        "request_type": "incident",
        "status": "new",
    }


def test_a_word_that_no_table_knows_is_a_fault_at_its_field() -> None:
    read = MAPS.inward({"fields": {"priority": {"name": "Blocker"}}})
    assert read.faults == {"urgency": "'Blocker' stands in no line of the map."}


def test_what_is_a_list_or_a_table_is_no_text() -> None:
    assert MAPS.inward({"key": ["x"], "fields": "none"}).ticket == {"request_type": "incident"}


def test_back_goes_the_first_of_several_words() -> None:
    assert MAPS.outward({"urgency": "low"}) == {"fields.priority.name": "P4"}


def test_what_has_no_word_of_theirs_stays_here() -> None:
    assert MAPS.outward({"status": "scheduled", "subject": "Down"}) == {"fields.summary": "Down"}


def test_maps_survive_being_stored() -> None:
    assert Maps.from_data(MAPS.to_data()) == MAPS


def test_the_states_are_those_of_the_life_cycle() -> None:
    assert [status.value for status in Status] == list(OUR_STATES)
