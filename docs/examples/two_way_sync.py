"""Keeps the tickets of a ticketing system of your own and those at Caredesk the same, both ways.

A worked example to start from, with Python's standard library alone. It asks both sides what is new since
the last time, carries it over, and keeps in a file how far it came; call it every minute. Your side is
spoken to in `Theirs`: that class is what you write anew for your system. Settings: CAREDESK and CAREDESK_KEY
(a key of the interconnection), THEIRS (the address of your system), SYNC_STATE (the file).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

Words = dict[str, Any]


class Side:
    """One of the two systems, spoken to in JSON."""

    def __init__(self, base: str, **headers: str) -> None:
        """Remember where it is, and what every call carries."""
        self.base = base.rstrip("/")
        self.headers = {"Content-Type": "application/json", **headers}

    def call(self, method: str, path: str, body: Words | None = None, once: str = "") -> Any:  # noqa: ANN401
        """One call; `once` makes a repeated one have no second effect. Raises for every refusal."""
        where = path if path.startswith("http") else self.base + path
        headers = {**self.headers, **({"Idempotency-Key": once} if once else {})}
        sent = None if body is None else json.dumps(body).encode()
        with urlopen(Request(where, sent, headers, method=method), timeout=30) as reply:  # noqa: S310
            return json.load(reply)

    def all(self, path: str) -> list[Words]:
        """Every result of a list, page after page."""
        found: list[Words] = []
        following: str | None = path
        while following:
            page = self.call("GET", following)
            found += page["results"]
            following = page["next"]
        return found


class Theirs(Side):
    """Your own system: four calls, to be written anew for it."""

    def changed_after(self, moment: int) -> list[Words]:
        """Tickets that changed later than that, each with its comments."""
        return list(self.call("GET", f"/tickets?changed_after={moment}")["tickets"])

    def open(self, ticket: Words) -> str:
        """A new ticket; gives its number."""
        return str(self.call("POST", "/tickets", ticket)["key"])

    def change(self, key: str, ticket: Words) -> None:
        """What we say of a ticket, in your words."""
        self.call("PATCH", f"/tickets/{key}", ticket)

    def comment(self, key: str, text: str, origin: str) -> None:
        """A comment of ours; `origin` is kept beside it, so that it is known as ours and stands once."""
        self.call("POST", f"/tickets/{key}/comments", {"text": text, "origin": origin})


class Sync:
    """One round: first what is new here goes to your system, then what is new there comes here."""

    def __init__(self, ours: Side, theirs: Theirs, state: Path) -> None:
        """Read how far the last round came."""
        self.ours, self.theirs, self.file = ours, theirs, state
        self.state: Words = {"sequence": 0, "moment": 0, "comments": []}
        if state.exists():
            self.state |= json.loads(state.read_text())
        (self.joined, *_) = ours.all("/interconnections")

    def run(self) -> None:
        """Both ways, once."""
        for event in self.ours.all(f"/events?after={self.state['sequence']}"):
            if not event["own"] and event["subject_type"] == "ticket":
                self.tell_theirs(event)
            self.keep(sequence=event["sequence"])
        for ticket in self.theirs.changed_after(self.state["moment"]):
            self.tell_ours(ticket)
            self.keep(moment=ticket["changed"])

    def tell_theirs(self, event: Words) -> None:
        """Something happened here that your system did not do itself."""
        ticket = self.ours.call("GET", f"/tickets/{event['data']['key']}")
        number = ticket["external_reference"]
        if not number:
            number = self.theirs.open(self.in_their_words(ticket))
            self.ours.call("PATCH", f"/tickets/{ticket['key']}", {"external_reference": number})
        if event["kind"] == "message.posted":
            messages = self.ours.all(f"/tickets/{ticket['key']}/messages")
            (said,) = [one for one in messages if one["id"] == event["data"]["message_id"]]
            self.theirs.comment(number, said["body"], origin=str(said["id"]))
        else:
            self.theirs.change(number, self.in_their_words(ticket))

    def tell_ours(self, ticket: Words) -> None:
        """A ticket of yours is new or changed; by the maps Caredesk knows what it is, by its number which."""
        taken = self.ours.call("POST", f"/interconnections/{self.joined['id']}/tickets", {"ticket": ticket})
        for comment in ticket["comments"]:
            if comment.get("origin") or comment["id"] in self.state["comments"]:
                continue
            words = {"body": comment["text"]}
            self.ours.call(
                "POST", f"/tickets/{taken['key']}/messages", words, once=f"comment-{comment['id']}"
            )
            self.keep(comments=[*self.state["comments"], comment["id"]])

    def in_their_words(self, ticket: Words) -> Words:
        """A ticket of ours by the fields of your system, after the maps of the interconnection."""
        maps = self.joined["maps"]
        back = {
            "urgency": {ours: theirs for theirs, ours in reversed(maps["urgencies"])},
            "status": {ours: theirs for theirs, ours in reversed(maps["states"])},
        }
        told: Words = {}
        for name, path in maps["fields"]:
            value = back[name].get(ticket.get(name)) if name in back else ticket.get(name)
            if value is None or path.startswith("=") or name == "external_reference":
                continue
            *steps, last = path.split(".")
            place = told
            for step in steps:
                place = place.setdefault(step, {})
            place[last] = value
        return told

    def keep(self, **news: Any) -> None:  # noqa: ANN401
        """Remember how far we came; whole or not at all, should the machine stop now."""
        self.state |= news
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(self.state))
        fresh.replace(self.file)


if __name__ == "__main__":
    Sync(
        Side(f"{os.environ['CAREDESK']}/api/v1", Authorization=f"Bearer {os.environ['CAREDESK_KEY']}"),
        Theirs(os.environ["THEIRS"]),
        Path(os.environ["SYNC_STATE"]),
    ).run()
