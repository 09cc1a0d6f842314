"""Who may manage webhooks, and see and repeat deliveries."""

from __future__ import annotations

from accounts.models import Client
from events.domain.actor import Actor
from notify.domain.rights import manages_endpoints, repeats_hooks, repeats_mails
from notify.models import Channel, Delivery


def may_manage_endpoints(actor: Actor, client: Client) -> bool:
    """Administrators, a client's points of contact, and its own integration; the system too."""
    return manages_endpoints(actor, client.pk)


def may_send_again(actor: Actor, delivery: Delivery) -> bool:
    """Mails: staff who see the client. Webhooks: whoever manages the client's webhooks as well."""
    if delivery.channel == Channel.WEBHOOK and delivery.client_id is not None:
        return repeats_hooks(actor, delivery.client_id)
    return repeats_mails(actor, delivery.client_id)
