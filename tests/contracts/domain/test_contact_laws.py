"""Laws that hold for every address, not for chosen ones alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.domain.contacts import is_shared_mailbox, why_not_named
from contracts.domain.plan import ContactRule
from tests.factories.promises import catalogue

LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789._-", min_size=1, max_size=20)
PART = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-", max_size=12)


def rule() -> ContactRule:
    found = catalogue().plans["premier-support"].contacts
    assert found is not None
    return found


def why(email: str, *, is_partner: bool = False) -> str:
    return why_not_named(rule(), email=email, is_partner=is_partner, domains=["acme.example"])


@settings(max_examples=40, deadline=None)
@given(LOCAL)
def test_letter_case_never_decides(local: str) -> None:
    assert why(f"{local}@acme.example") == why(f"{local.upper()}@ACME.example")


@settings(max_examples=40, deadline=None)
@given(LOCAL)
def test_nobody_outside_the_clients_domains_is_named(local: str) -> None:
    assert why(f"{local}@acme.example.test")
    assert why(f"{local}@notacme.example")


@settings(max_examples=40, deadline=None)
@given(st.lists(PART, min_size=1, max_size=4))
def test_a_partner_has_one_underscore_between_two_names(parts: list[str]) -> None:
    fits = len(parts) == 2 and all(parts) and not is_shared_mailbox(parts[0])
    assert (why(f"{'_'.join(parts)}@acme.example", is_partner=True) == "") is fits


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(why(text), str)
    assert isinstance(why(text, is_partner=True), str)
