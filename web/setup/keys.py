"""API keys of a client: issued and shown once, rotated with an overlap, revoked at once."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import ApiKey, Client
from accounts.permissions import may_issue_keys
from accounts.queries import client_for
from accounts.services import issue_key, revoke_key, rotate_key
from contracts.models import Contract
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import done, posted, typed

AREAS = ("tickets", "contracts", "hours", "plans", "events")
SCOPES = (
    ("read", "Read everything"),
    *((f"{area}:read", f"Read {area}") for area in AREAS),
    *((f"{area}:write", f"Read and write {area}") for area in AREAS),
)
LIVES = (("90", "90 days"), ("365", "A year"), ("", "Until it is revoked"))


class KeyForm(forms.Form):
    """A key: for what, how far it reaches, and for how long."""

    name = forms.CharField(max_length=120, help_text="Which system uses it.")
    contract = forms.ModelChoiceField(
        label="Only for", queryset=Contract.objects.none(), required=False, empty_label="All its contracts"
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=SCOPES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing chosen: everything that the API offers to a client.",
    )
    life = forms.ChoiceField(label="It holds", choices=LIVES, required=False)

    def __init__(self, *args: object, client: Client, **kwargs: object) -> None:
        """Offer the client's contracts."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["contract"].queryset = Contract.objects.filter(client=client)  # type: ignore[attr-defined]


@setup_page
def keys(request: StaffRequest, client: str) -> HttpResponse:
    """Show the client's keys; a new one is issued from here, and its secret shown this once."""
    found = _client(request, client)
    form = KeyForm(typed(request), client=found, initial={"life": "365"})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            filled = form.cleaned_data
            key, secret = issue_key(
                actor=request.actor,
                at=request.at,
                client=found,
                name=filled["name"],
                contract_id=filled["contract"].pk if filled["contract"] else None,
                scopes=tuple(filled["scopes"]),
                expires_at=request.at + timedelta(days=int(filled["life"])) if filled["life"] else None,
            )
            return _once(request, found, key, secret)
    living = ApiKey.objects.filter(client=found).select_related("contract").order_by("-id")
    context = {"one": found, "keys": list(living), "form": form}
    return render_page(request, "setup/keys.html", context, status=422 if form.errors else 200)


@setup_page
def rotate(request: StaffRequest, client: str, key_id: int) -> HttpResponse:
    """Give a key a successor; the former one goes on for a day."""
    posted(request)
    found = _client(request, client)
    key, secret = rotate_key(actor=request.actor, at=request.at, key=_key(found, key_id))
    return _once(request, found, key, secret)


@setup_page
def revoke(request: StaffRequest, client: str, key_id: int) -> HttpResponse:
    """Let a key open nothing any more, at once."""
    posted(request)
    found = _client(request, client)
    key = _key(found, key_id)
    revoke_key(actor=request.actor, at=request.at, key=key)
    return done(request, f"{key.name} opens nothing any more.", _address(found))


def _once(request: StaffRequest, client: Client, key: ApiKey, secret: str) -> HttpResponse:
    """Show the secret: a page that no browser keeps, and that cannot be opened again."""
    context = {
        "one": client,
        "what": f"The key of {key.name}",
        "secret": secret,
        "back": _address(client),
        "back_words": "API keys",
    }
    answer = render_page(request, "setup/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _client(request: StaffRequest, slug: str) -> Client:
    found = client_for(request.actor, slug=slug)
    if not may_issue_keys(request.actor, found):
        raise NotHere
    return found


def _key(client: Client, key_id: int) -> ApiKey:
    found = ApiKey.objects.filter(client=client, pk=key_id).first()
    if found is None:
        raise NotHere
    return found


def _address(client: Client) -> str:
    return reverse("setup:keys", kwargs={"client": client.slug})
