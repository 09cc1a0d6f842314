"""Saved views, canned replies, presence, previews and quotations, as pages and as parts of pages."""

import html

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import Desk, actor_of, make_team, make_ticket, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import CannedReply, Message, SavedView, Ticket
from tickets.services import note_presence, post_message, save_canned_reply, save_draft, save_view

HTMX = {"hx-request": "true"}


class TestViews:
    """Views of the queue that somebody keeps."""

    def test_what_one_looks_at_is_saved_and_stands_on_the_queue(
        self, desk: Desk, engineer: Client, ticket: Ticket
    ) -> None:
        page = text_of(engineer, f"/desk/?rank={ticket.rank}&sort=client")
        assert f"/desk/views/save/?sort=client&amp;rank={ticket.rank}" in page
        answer = engineer.post(f"/desk/views/save/?sort=client&rank={ticket.rank}", {"name": "Grave <b>"})
        assert answer.headers["Location"] == f"/desk/?sort=client&rank={ticket.rank}"
        views = engineer.get(answer.headers["Location"]).context["views"]
        assert (views[-1]["label"], views[-1]["count"], views[-1]["is_current"]) == ("Grave <b>", "1", True)
        assert [view["is_current"] for view in views].count(True) == 1

    def test_only_what_the_queue_knows_is_kept(self, desk: Desk, engineer: Client) -> None:
        engineer.post("/desk/views/save/?rank=1&after=x&evil=%22%3E&solved=1", {"name": "x"})
        assert SavedView.objects.get().query == "rank=1&solved=1"

    def test_a_colleague_sees_their_own_clients_through_a_shared_view(
        self, desk: Desk, other: Desk, sign_in: SignIn
    ) -> None:
        team = make_team(desk.engineer, other.engineer, key="lyon")
        save_view(actor=actor_of(desk.engineer), name="All", query="solved=1", team=team)
        make_ticket(desk.contract, requester=desk.poc, subject="Not for others")
        page = text_of(sign_in(other.engineer), "/desk/?solved=1")
        assert "All, LYON" in page
        assert "Not for others" not in page

    def test_views_are_listed_moved_changed_and_removed(self, desk: Desk, engineer: Client) -> None:
        first, last = (
            save_view(actor=actor_of(desk.engineer), name=name, query="") for name in ("Aster", "Birch")
        )
        engineer.post(f"/desk/views/{last.pk}/move/", {"way": "up"})
        page = text_of(engineer, "/desk/views/")
        assert page.index(">Birch<") < page.index(">Aster<")
        assert engineer.post(f"/desk/views/{first.pk}/", {"name": "Birch"}).status_code == 422
        engineer.post(f"/desk/views/{first.pk}/", {"name": "Cedar"})
        engineer.post(f"/desk/views/{last.pk}/remove/")
        assert [view.name for view in SavedView.objects.all()] == ["Cedar"]
        assert engineer.get(f"/desk/views/{first.pk}/remove/").status_code == 404


class TestTexts:
    """Canned replies."""

    def test_a_text_is_written_found_changed_and_removed(self, desk: Desk, engineer: Client) -> None:
        engineer.post("/desk/texts/new/", {"title": "Hello", "body": "Hi {{requester}}"})
        text = CannedReply.objects.get()
        assert "Hi {{requester}}" in text_of(engineer, "/desk/texts/")
        engineer.post(f"/desk/texts/{text.pk}/", {"title": "Hello", "body": "Hej"})
        assert "Hej" in text_of(engineer, "/desk/texts/")
        engineer.post(f"/desk/texts/{text.pk}/remove/")
        assert "No texts yet" in text_of(engineer, "/desk/texts/")

    def test_a_wrong_variable_comes_back_with_what_was_typed(self, engineer: Client) -> None:
        answer = engineer.post("/desk/texts/new/", {"title": "Hello", "body": "Hi {{naem}}"})
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert "There is no variable “naem”" in page
        assert "Hi {{naem}}" in page

    def test_on_a_ticket_they_are_filled_in(self, desk: Desk, engineer: Client, ticket: Ticket) -> None:
        body = 'Dear {{requester_full}}, "{{subject}}" ({{ticket}}) of {{client}}. {{me}}'
        save_canned_reply(actor=actor_of(desk.engineer), at=timezone.now(), title="Hello", body=body)
        for headers in ({}, HTMX):
            page = html.unescape(text_of(engineer, f"/desk/tickets/{ticket.key}/texts/", **headers))
            said = f'Dear {desk.poc.name}, "{ticket.subject}" ({ticket.key}) of {desk.client.name}.'
            assert said in page
        assert "data-cd-insert" in page
        assert "<h1>" not in page

    def test_texts_of_others_are_not_there(self, desk: Desk, other: Desk, engineer: Client) -> None:
        text = save_canned_reply(actor=actor_of(other.engineer), at=timezone.now(), title="T", body="B")
        for address in (f"/desk/texts/{text.pk}/", f"/desk/texts/{text.pk}/remove/"):
            assert engineer.post(address, {"title": "x", "body": "y"}).status_code == 404


class TestPresence:
    """Who else is at a ticket."""

    def test_the_page_says_who_is_here_and_who_writes(
        self, desk: Desk, engineer: Client, ticket: Ticket
    ) -> None:
        address = f"/desk/tickets/{ticket.key}/presence/"
        assert f'hx-post="{address}"' in text_of(engineer, f"/desk/tickets/{ticket.key}/")
        assert engineer.post(address, {"known": ""}).status_code == 204
        lead, now = actor_of(desk.lead), timezone.now()
        note_presence(actor=lead, at=now, ticket=ticket)
        told = engineer.post(address, {"known": ""}).content.decode()
        assert f"{desk.lead.name} has this ticket open." in told
        save_draft(actor=lead, at=now, client=desk.client, ticket=ticket, body="A secret thought")
        told = engineer.post(address, {"known": "x"}).content.decode()
        assert f"{desk.lead.name} is writing." in told
        assert "secret" not in told
        assert engineer.post(address, {"known": f"{desk.lead.name} is writing."}).status_code == 204

    def test_asking_costs_little_and_the_same(self, desk: Desk, engineer: Client, ticket: Ticket) -> None:
        address, costs = f"/desk/tickets/{ticket.key}/presence/", []
        for person in (desk.lead, desk.csm):
            note_presence(actor=actor_of(person), at=timezone.now(), ticket=ticket)
            engineer.post(address, {"known": ""})
            with CaptureQueriesContext(connection) as made:
                engineer.post(address, {"known": ""})
            costs.append(len(made))
        assert costs[0] == costs[1] <= 12


class TestWriting:
    """Looking at a message before it goes, and answering to the words of another."""

    def test_a_preview_shows_and_sends_nothing(self, engineer: Client, ticket: Ticket) -> None:
        sent = {"preview": "1", "mode": "public", "body": "**bold** <script>x</script>"}
        for headers in ({}, HTMX):
            page = engineer.post(f"/desk/tickets/{ticket.key}/write/", sent, headers=headers).content.decode()
            assert "<strong>bold</strong>" in page
            assert "<script>x" not in page
        assert Message.objects.count() == 1

    def test_a_preview_without_script_keeps_what_was_typed(self, engineer: Client, ticket: Ticket) -> None:
        sent = {"preview": "1", "mode": "note", "body": "Half a thought"}
        page = engineer.post(f"/desk/tickets/{ticket.key}/write/", sent).content.decode()
        assert "Half a thought</textarea>" in page
        assert 'id="mode-note" checked' in page

    def test_a_quoted_reply_stands_in_the_composer(
        self, desk: Desk, engineer: Client, ticket: Ticket
    ) -> None:
        said = reply(ticket, desk.poc, "First line\nSecond line", at=timezone.now())
        page = html.unescape(text_of(engineer, f"/desk/tickets/{ticket.key}/?quote={said.pk}"))
        assert f"{desk.poc.name}:\n\n> First line\n> Second line" in page
        assert 'id="mode-public" checked' in page

    def test_a_quoted_note_becomes_a_note(self, desk: Desk, engineer: Client, ticket: Ticket) -> None:
        said = post_message(
            actor=actor_of(desk.lead), at=timezone.now(), ticket=ticket, body="Inside", visibility="internal"
        )
        page = html.unescape(text_of(engineer, f"/desk/tickets/{ticket.key}/?quote={said.pk}"))
        assert "> Inside" in page
        assert 'id="mode-note" checked' in page

    def test_nothing_of_another_ticket_is_quoted(self, other: Desk, engineer: Client, ticket: Ticket) -> None:
        theirs = reply(make_ticket(other.contract, requester=other.poc), other.poc, "Foreign words")
        for quote in (theirs.pk, "x", "-1"):
            assert "Foreign words" not in text_of(engineer, f"/desk/tickets/{ticket.key}/?quote={quote}")
