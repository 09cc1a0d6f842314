"""Writes: making deliveries, sending them, endpoints, choices, notices; one function a use case."""

from notify.services.bounces import note_bounced, use_address_again
from notify.services.delivering import deliver_due
from notify.services.dispatching import dispatch, forget_history, tell_nobody, write_mails
from notify.services.endpoints import (
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    resume_endpoint,
    rotate_secret,
    suspend_endpoint,
)
from notify.services.people import mark_all_read, mark_read, set_preference, turn_mail_off
from notify.services.resending import send_again

__all__ = [
    "add_endpoint",
    "change_endpoint",
    "deliver_due",
    "dispatch",
    "forget_history",
    "mark_all_read",
    "mark_read",
    "note_bounced",
    "remove_endpoint",
    "resume_endpoint",
    "rotate_secret",
    "send_again",
    "set_preference",
    "suspend_endpoint",
    "tell_nobody",
    "turn_mail_off",
    "use_address_again",
    "write_mails",
]
