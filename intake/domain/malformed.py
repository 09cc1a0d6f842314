"""That something sent to a door cannot be read, with words for each field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping


class MalformedError(Exception):
    """The sender must mend it; the raw form is kept all the same."""

    def __init__(self, detail: str, *, fields: Mapping[str, str] | None = None) -> None:
        """Keep the sentence and the words by field."""
        super().__init__(detail)
        self.detail = detail
        self.fields = dict(fields or {})
