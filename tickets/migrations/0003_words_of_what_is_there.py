"""Gives the tickets and messages that are there already the words by which they are found."""

from itertools import islice
from typing import Any

from django.db import migrations

from tickets.domain.finding import words_of

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    words = apps.get_model("tickets", "TicketWords")
    own = (
        words(
            client_id=one.client_id,
            ticket_id=one.pk,
            public=words_of(one.key, one.subject, one.external_reference),
            internal=words_of(*one.tags, one.vendor_reference),
        )
        for one in apps.get_model("tickets", "Ticket").objects.iterator(chunk_size=BATCH)
    )
    said = (
        words(
            client_id=one.client_id,
            ticket_id=one.ticket_id,
            message_id=one.pk,
            **{"public" if one.visibility == "public" else "internal": words_of(one.body, one.call_people)},
        )
        for one in apps.get_model("tickets", "Message")
        .objects.filter(redacted_at=None)
        .iterator(chunk_size=BATCH)
    )
    for rows in (own, said):
        while batch := list(islice(rows, BATCH)):
            words.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
