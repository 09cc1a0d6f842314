"""How a refused act reaches the reader: as errors on the form that caused it, or as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.domain.errors import Conflict, DomainError, NotAllowed, NotHere


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """Turn a service's refusal into errors of the form; what was typed stays in it.

    What concerns no field of the form is said at its top. `NotHere` and `NotAllowed` are not the form's fault
    and go on to the middleware.
    """
    try:
        yield
    except (NotHere, NotAllowed):
        raise
    except DomainError as refusal:
        known = {name: words for name, words in refusal.fields.items() if name in form.fields}
        for name, words in known.items():
            form.add_error(name, words)
        if not known:
            form.add_error(None, refusal.detail)


class Refusals:
    """Middleware: a refusal that no form took becomes an error page with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the pages."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; signed-in pages are never stored by a browser or proxy."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render the refusal's own page; anything else is not for us."""
        if not isinstance(error, DomainError):
            return None
        return render(request, f"errors/{_page_of(error)}.html", {"refusal": error}, status=error.status)


def _page_of(error: DomainError) -> str:
    for kind, page in ((NotHere, "404"), (NotAllowed, "403"), (Conflict, "409")):
        if isinstance(error, kind):
            return page
    return "422"
