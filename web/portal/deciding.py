"""What the client is asked about work beyond its hours, and what it has decided (H5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.models import Contract
from hours.models import OverageRequest, RequestState
from hours.queries import overages_visible_to
from web.portal.forms.hours import DecisionForm
from web.requests import PortalRequest

DECIDED_SHOWN = 10
_KEPT = "overage-answers"
_FIELDS = ("minutes", "expires_on", "answer")


def asked_and_decided(
    request: PortalRequest, contract: Contract, refused: DecisionForm | None
) -> dict[str, Any]:
    """The open requests, each with its form, and the latest that were decided, with who and when.

    `refused` is the form that was sent and refused; it keeps its place and what was typed.
    """
    rows = overages_visible_to(request.actor).filter(contract=contract)
    asked = list(rows.filter(state=RequestState.ASKED))
    kept: Mapping[str, dict[str, str]] = request.session.get(_KEPT, {})
    forms = [DecisionForm(overage=one, kept=kept.get(str(one.pk))) for one in asked]
    sent = {form.auto_id: form for form in (refused,) if form is not None}
    return {
        "overages": [
            {"overage": one, "form": sent.pop(form.auto_id, form)}
            for one, form in zip(asked, forms, strict=True)
        ],
        "refused": next(iter(sent.values()), None),
        "decided": list(rows.exclude(state=RequestState.ASKED).order_by("-decided_at")[:DECIDED_SHOWN]),
    }


def remember(request: PortalRequest, overage: OverageRequest) -> None:
    """Keep what was typed in the session while the person signs in again."""
    typed = {name: str(request.POST.get(name, ""))[:5000] for name in _FIELDS}
    request.session[_KEPT] = {**request.session.get(_KEPT, {}), str(overage.pk): typed}


def forget(request: PortalRequest, overage: OverageRequest) -> None:
    """Drop what was kept, for it is decided."""
    kept = request.session.get(_KEPT, {})
    if kept.pop(str(overage.pk), None) is not None:
        request.session[_KEPT] = kept
