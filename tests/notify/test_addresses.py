"""Reply and bounce addresses: ours are read back to the letter, everything else is nothing."""

import pytest
from django.conf import settings
from django.test import override_settings

from notify.addresses import (
    AnswerPlace,
    bounce_address,
    read_bounce_address,
    read_reply_address,
    reply_address,
)


def test_a_reply_address_leads_back_to_its_ticket_and_person() -> None:
    address = reply_address(AnswerPlace(4711, 36))
    assert read_reply_address(address) == AnswerPlace(4711, 36)
    assert len(address.partition("@")[0]) <= 64


def test_a_bounce_address_leads_back_to_its_delivery() -> None:
    assert read_bounce_address(bounce_address(delivery_id=12)) == 12


def test_no_token_of_a_neighbour_opens_another_ticket_or_person() -> None:
    tokens = {
        reply_address(AnswerPlace(ticket, person)).split(".")[2]
        for ticket in range(1, 41)
        for person in range(1, 26)
    }
    assert len(tokens) == 1000


def test_a_token_is_worth_nothing_for_another_ticket_person_or_purpose() -> None:
    ticket, person, token = reply_address(AnswerPlace(1, 2)).split("+")[1].split(".", 2)
    assert read_reply_address(f"reply+{person}.{ticket}.{token}") is None
    assert read_reply_address(f"reply+{ticket}.3.{token}") is None
    assert read_bounce_address(f"bounce+{ticket}.{token}") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda address: address.upper(),
        lambda address: address.replace("@", "a@"),
        lambda address: address[:20] + address[21:],
        lambda address: address.replace("reply+", "reply+0"),
        lambda address: address.partition("@")[0],
        lambda address: address.replace("@", "@evil."),
        lambda address: "",
        lambda address: "reply+@caredesk.localhost",
    ],
)
def test_a_spoiled_address_is_nobodys(spoil: object) -> None:
    assert callable(spoil)
    address = reply_address(AnswerPlace(40, 50))
    assert read_reply_address(spoil(address)) is None


def test_an_address_made_under_the_former_secret_key_still_leads_back() -> None:
    address = reply_address(AnswerPlace(5, 6))
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert read_reply_address(address) == AnswerPlace(5, 6)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert read_reply_address(address) is None


def test_an_answer_to_a_note_stays_inside_and_a_reply_address_cannot_be_turned_into_one() -> None:
    note = AnswerPlace(7, 8, is_internal=True)
    assert read_reply_address(reply_address(note)) == note
    public = reply_address(AnswerPlace(7, 8))
    assert read_reply_address(public.replace("reply+", "note+")) is None
    assert read_reply_address(reply_address(note).replace("note+", "reply+")) is None
