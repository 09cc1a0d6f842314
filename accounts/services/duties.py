"""Which staff work for which client, and in which team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import events, permissions
from accounts.models import Assignment, Client, Duty, Person, Team
from accounts.services.identity import sound_name, sound_zone
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@transaction.atomic
def assign_duty(*, actor: Actor, at: datetime, client: Client, person: Person, duty: Duty) -> Assignment:
    """Let a member of staff serve or watch over a client; repeating it changes nothing."""
    if not (permissions.may_manage_clients(actor) or actor.staff_role == "lead"):
        raise NotAllowed("Leads, account executives and administrators assign people to clients.")
    if not person.works_here:
        raise Invalid("Only staff of the provider can be assigned to a client.")
    assignment, made = Assignment.objects.get_or_create(client=client, person=person, duty=duty)
    if made:
        record(events.DutyAssigned(client_id=client.id, subject_id=person.id, duty=duty), at=at, actor=actor)
    return assignment


@transaction.atomic
def end_duty(*, actor: Actor, at: datetime, assignment: Assignment) -> None:
    """Take a client away from a member of staff; nothing of it opens from the next request on."""
    if not (permissions.may_manage_clients(actor) or actor.staff_role == "lead"):
        raise NotAllowed("Leads, account executives and administrators assign people to clients.")
    gone, _ = Assignment.objects.filter(pk=assignment.pk).delete()
    if gone:
        record(
            events.DutyEnded(
                client_id=assignment.client_id, subject_id=assignment.person_id, duty=assignment.duty
            ),
            at=at,
            actor=actor,
        )


@transaction.atomic
def add_team(*, actor: Actor, key: str, name: str, region: str, zone: str, people: list[Person]) -> Team:
    """Make a team of a region, or a plan's dedicated team; `Invalid` where another one has the key."""
    if not permissions.may_manage_people(actor, None):
        raise NotAllowed("Administrators make teams.")
    if Team.objects.filter(key=key).exists():
        raise Invalid("A team has this key already.", fields={"key": "Choose another key."})
    team = Team.objects.create(key=key, name=name, region=region, zone=sound_zone(zone))
    team.people.set(people)
    return team


@transaction.atomic
def set_team(*, actor: Actor, team: Team, people: list[Person]) -> Team:
    """Let a team consist of these people and no others; only staff of the provider work in teams."""
    if not (permissions.may_manage_people(actor, None) or actor.staff_role == "lead"):
        raise NotAllowed("Leads and administrators make up teams.")
    if any(not person.works_here for person in people):
        raise Invalid("Only staff of the provider work in teams.")
    team.people.set(people)
    return team


@transaction.atomic
def change_team(*, actor: Actor, team: Team, name: str, region: str, zone: str) -> Team:
    """Let a team be called otherwise, or belong to another region or zone; its key and people stay."""
    if not permissions.may_manage_people(actor, None):
        raise NotAllowed("Administrators change teams.")
    row = Team.objects.select_for_update().get(pk=team.pk)
    row.name, row.region, row.zone = sound_name(name)[:120], region.strip()[:40], sound_zone(zone)
    row.save(update_fields=["name", "region", "zone"])
    return row
