"""A lost database is answered with 503 and a time to ask again, in the form that the caller reads."""

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from config.outage import server_error


def answer(fault: Exception, path: str) -> HttpResponse:
    """Give the answer for a fault in the way Django asks for it: while the fault is being handled."""
    try:
        raise fault
    except type(fault):
        return server_error(RequestFactory().get(path))


def test_a_page_says_503_and_when_to_ask_again() -> None:
    reply = answer(OperationalError("gone"), "/desk/")
    assert (reply.status_code, reply["Retry-After"]) == (503, "5")


def test_a_machine_gets_a_problem_document() -> None:
    reply = answer(InterfaceError("gone"), "/api/v1/tickets")
    assert (reply.status_code, reply["Content-Type"]) == (503, "application/problem+json")
    assert b'"code": "unavailable"' in reply.content


def test_another_fault_is_a_500_that_tells_nothing_of_itself() -> None:
    reply = answer(ValueError("a secret"), "/api/v1/tickets")
    assert reply.status_code == 500
    assert b"secret" not in reply.content
    assert "Retry-After" not in reply


def test_another_fault_of_a_page_is_a_page() -> None:
    reply = answer(ValueError("a secret"), "/desk/")
    assert (reply.status_code, reply["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert b"secret" not in reply.content
