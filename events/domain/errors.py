"""Refusals: every act that a rule of the business forbids is answered by one of these.

The roof turns them into a form error, a fragment or a problem document, in one place each. `code` is stable
and part of the API; `detail` says what is wrong and how to mend it; `fields` puts words to single inputs.
"""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """An act was refused; nothing was stored and no event came of it."""

    code = "refused"
    status = 422

    def __init__(self, detail: str, *, code: str = "", fields: Mapping[str, str] | None = None) -> None:
        """Keep the sentence for the person, the stable code and the words for single fields."""
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.fields: dict[str, str] = dict(fields or {})


class Invalid(DomainError):  # noqa: N818 - a refusal, not a fault
    """Something in the input is wrong; `fields` says what and how to mend it."""

    code = "invalid"


class NotHere(DomainError):  # noqa: N818 - a refusal, not a fault
    """The thing does not exist, or not for this person: the same answer for both."""

    code = "not_found"
    status = 404

    def __init__(self, detail: str = "There is nothing here under this address.") -> None:
        """One sentence for missing and foreign alike."""
        super().__init__(detail)


class NotAllowed(DomainError):  # noqa: N818 - a refusal, not a fault
    """The person sees the thing, but this act belongs to somebody else; `detail` says to whom."""

    code = "not_allowed"
    status = 403


class Conflict(DomainError):  # noqa: N818 - a refusal, not a fault
    """Somebody changed the thing meanwhile, or its state does not allow the act any more."""

    code = "conflict"
    status = 409
