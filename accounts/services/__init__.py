"""Writing who there is: one function a use case, each one transaction."""

from accounts.services.clients import add_client, end_client
from accounts.services.duties import add_team, assign_duty, change_team, end_duty, set_team
from accounts.services.feeds import make_calendar_feed, note_feed_read, revoke_calendar_feed
from accounts.services.invitations import accept_invitation, invite, withdraw_invitation
from accounts.services.keys import issue_key, note_key_used, revoke_key, rotate_key
from accounts.services.memberships import add_member, change_role, end_membership
from accounts.services.people import (
    add_person,
    change_person,
    change_staff_role,
    disable_person,
    enable_person,
    set_absence,
)
from accounts.services.sessions import change_password, end_sessions

__all__ = [
    "accept_invitation",
    "add_client",
    "add_member",
    "add_person",
    "add_team",
    "assign_duty",
    "change_password",
    "change_person",
    "change_role",
    "change_staff_role",
    "change_team",
    "disable_person",
    "enable_person",
    "end_client",
    "end_duty",
    "end_membership",
    "end_sessions",
    "invite",
    "issue_key",
    "make_calendar_feed",
    "note_feed_read",
    "note_key_used",
    "revoke_calendar_feed",
    "revoke_key",
    "rotate_key",
    "set_absence",
    "set_team",
    "withdraw_invitation",
]
