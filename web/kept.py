"""What somebody typed while their session ended: kept over the sign-in, and back in its form afterwards."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_KEY = "typed_while_signed_out"
#: More than this is not kept; a page takes about as much.
_AT_MOST = 200_000
_NEVER = frozenset({"csrfmiddlewaretoken", "submission_id", "password"})


def keep_typed(request: HttpRequest) -> str:
    """Keep what a signed-out browser sends, and say where its form is.

    Only a browser that has had a session is believed. It is shown again at that form alone, and only to
    somebody who may open the form's page.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        sent: dict[str, str] = request.POST.dict()
        typed = {name: value for name, value in sent.items() if name not in _NEVER and value.strip()}
        if typed and sum(map(len, typed.values())) <= _AT_MOST:
            request.session[_KEY] = {"address": request.path, "typed": typed}
    return _form_of(request)


def typed_before(request: HttpRequest, address: str) -> dict[str, str]:
    """What was typed for that address before the sign-in, told once; nothing as a rule."""
    kept = request.session.get(_KEY)
    if not kept or kept["address"] != address:
        return {}
    del request.session[_KEY]
    typed: dict[str, str] = kept["typed"]
    return typed


def _form_of(request: HttpRequest) -> str:
    """The page from which the form was sent, if it is one of ours; else the form's own address."""
    sent_from = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(sent_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
