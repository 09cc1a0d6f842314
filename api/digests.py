"""What tells one state, and one request, from another: ETags and digests of requests."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

_ETAG = re.compile(r'(W/)?("[^"]*")')


def etag_of(body: Any) -> str:  # noqa: ANN401 - any JSON primitives
    """The ETag of a thing as it is told: equal texts, equal tags."""
    return f'"{_digest(body)[:32]}"'


def is_named(etag: str, header: str, *, weakly: bool = True) -> bool:
    """Whether a list of tags names this one, `*` naming every one; weak tags never match for a change."""
    if header.strip() == "*":
        return True
    return any(tag == etag and (weakly or not weak) for weak, tag in _ETAG.findall(header))


def digest_of_request(request: Request) -> str:
    """The digest of method, address and body, the order of a body's fields aside; files count by content."""
    body: Any = request.data
    if hasattr(body, "lists"):
        body = {name: [_part(one) for one in values] for name, values in body.lists()}
    return _digest([request.method, request.get_full_path(), body])


def _part(value: Any) -> Any:  # noqa: ANN401 - a text or a file
    if not isinstance(value, UploadedFile):
        return value
    seen = hashlib.sha256()
    for chunk in value.chunks():
        seen.update(chunk)
    value.seek(0)
    return [value.name, seen.hexdigest()]


def _digest(value: Any) -> str:  # noqa: ANN401 - any JSON primitives
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), cls=JSONEncoder)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
