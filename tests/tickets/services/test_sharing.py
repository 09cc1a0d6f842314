"""Saved views and canned replies: whose they are, who else has them, and what is refused."""

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from tests.factories import MONDAY, Desk, actor_of, make_staff, make_team, refused
from tickets.models import SavedView
from tickets.queries import canned_replies_of, canned_reply_for, views_of
from tickets.services import (
    change_view,
    move_view,
    remove_canned_reply,
    remove_view,
    save_canned_reply,
    save_view,
)
from tickets.services.sharing import VIEWS_AT_MOST


def names(desk: Desk, role: str = "engineer") -> list[str]:
    return [view.name for view in views_of(actor_of(desk.person(role)))]


def test_a_view_is_its_owner_s_until_it_is_shared(desk: Desk) -> None:
    team = make_team(desk.engineer, desk.csm, key="lyon")
    view = save_view(actor=actor_of(desk.engineer), name="Grave ones", query="rank=1")
    assert (names(desk), names(desk, "csm")) == (["Grave ones"], [])
    change_view(actor=actor_of(desk.engineer), view=view, name="Gravest", team=team)
    assert (names(desk, "csm"), names(desk, "lead")) == (["Gravest"], [])


def test_the_same_name_again_replaces_the_filters(desk: Desk) -> None:
    actor = actor_of(desk.engineer)
    save_view(actor=actor, name="Mine", query="rank=1")
    save_view(actor=actor, name=" Mine ", query="rank=2")
    assert [view.query for view in views_of(actor)] == ["rank=2"]


def test_views_change_places_and_stop_at_the_ends(desk: Desk) -> None:
    actor = actor_of(desk.engineer)
    first, _, last = (save_view(actor=actor, name=name, query="") for name in "abc")
    move_view(actor=actor, view=last, is_up=True)
    assert names(desk) == ["a", "c", "b"]
    move_view(actor=actor, view=first, is_up=True)
    move_view(actor=actor, view=first, is_up=False)
    assert names(desk) == ["c", "a", "b"]


def test_nobody_else_changes_moves_or_removes_a_view(desk: Desk) -> None:
    team = make_team(desk.engineer, desk.csm, key="lyon")
    view = save_view(actor=actor_of(desk.engineer), name="Ours", query="", team=team)
    stranger = actor_of(desk.csm)
    with refused(NotHere):
        change_view(actor=stranger, view=view, name="Theirs", team=None)
    with refused(NotHere):
        move_view(actor=stranger, view=view, is_up=True)
    with refused(NotHere):
        remove_view(actor=stranger, view=view)
    remove_view(actor=actor_of(desk.engineer), view=view)
    assert names(desk) == []


def test_a_team_of_others_is_not_shared_with(desk: Desk) -> None:
    team = make_team(make_staff("engineer"), key="oslo")
    with refused(Invalid, field="team"):
        save_view(actor=actor_of(desk.engineer), name="x", query="", team=team)
    save_view(actor=actor_of(desk.lead), name="x", query="", team=team)


@pytest.mark.parametrize(("name", "query"), [("", "rank=1"), ("x" * 61, ""), ("x", "q=" + "x" * 1000)])
def test_views_have_a_name_and_an_end(desk: Desk, name: str, query: str) -> None:
    with refused(Invalid, field="name"):
        save_view(actor=actor_of(desk.engineer), name=name, query=query)


def test_there_are_only_so_many_views(desk: Desk) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=desk.engineer, name=str(n), query="") for n in range(VIEWS_AT_MOST)
    )
    with refused(Invalid, field="name"):
        save_view(actor=actor_of(desk.engineer), name="one more", query="")
    save_view(actor=actor_of(desk.engineer), name="7", query="rank=1")


def test_contacts_keep_nothing_here(desk: Desk) -> None:
    with refused(NotAllowed):
        save_view(actor=actor_of(desk.poc), name="x", query="")
    with refused(NotAllowed):
        save_canned_reply(actor=actor_of(desk.poc), at=MONDAY, title="x", body="x")
    assert list(canned_replies_of(actor_of(desk.poc))) == []


def test_an_unknown_variable_is_refused_with_those_there_are(desk: Desk) -> None:
    actor = actor_of(desk.engineer)
    with refused(Invalid, match="no variable “naem”.*{{requester}}", field="body"):
        save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="Hi {{ naem }}")
    text = save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="Hi {{requester}}")
    with refused(Invalid, field="body"):
        save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="  ", reply=text)


def test_texts_are_shared_changed_and_removed_like_views(desk: Desk) -> None:
    team = make_team(desk.engineer, desk.csm, key="lyon")
    actor, colleague = actor_of(desk.engineer), actor_of(desk.csm)
    text = save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="Hi", team=team)
    assert [one.title for one in canned_replies_of(colleague)] == ["Hello"]
    with refused(NotHere):
        canned_reply_for(colleague, text.pk)
    with refused(NotHere):
        remove_canned_reply(actor=colleague, reply=text)
    save_canned_reply(actor=actor, at=MONDAY, title="Bye", body="Bye", reply=text)
    assert [one.title for one in canned_replies_of(actor)] == ["Bye"]
    assert list(canned_replies_of(colleague)) == []


def test_two_texts_of_one_title_are_refused(desk: Desk) -> None:
    actor = actor_of(desk.engineer)
    save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="Hi")
    with refused(Conflict, field="title"):
        save_canned_reply(actor=actor, at=MONDAY, title="Hello", body="Ho")
