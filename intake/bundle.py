"""The file in which everything of a client leaves: a zip of JSON, CSV and the files themselves."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import Client
from intake.domain.cells import safe_cell
from intake.queries.belongings import Belongings, belongings, people_of
from tickets.models import Attachment
from tickets.services.attachments import stored_file

_CHUNK = 500


@dataclass(kw_only=True)
class Bundle:
    """Writes the file; `counts` says how many rows each table gave."""

    client: Client
    at: datetime
    counts: dict[str, int] = field(default_factory=dict)

    def write(self, target: Path) -> Iterator[tuple[int, int]]:
        """Write it, and say after each table and file how many of how many are done."""
        tables = belongings()
        kept = Attachment.objects.filter(client=self.client, message__redacted_at__isnull=True)
        files = kept.order_by("pk")
        total = len(tables) + files.count() + 1
        with ZipFile(target, "x", compression=ZIP_DEFLATED) as bundle:
            for done, table in enumerate(tables, start=1):
                self._table(bundle, table)
                yield done, total
            for done, one in enumerate(files.iterator(chunk_size=_CHUNK), start=len(tables) + 1):
                self._file(bundle, one)
                yield done, total
            self._people(bundle)
            self._contents(bundle)
        yield total, total

    def _table(self, bundle: ZipFile, table: Belongings) -> None:
        """The rows as JSON and as CSV; a table without rows leaves no file."""
        names = [column.attname for column in table.columns()]
        rows = table.rows(self.client)
        if not rows.exists():
            return
        count = 0
        with _text(bundle, f"json/{table.name}.json") as out:
            out.write("[")
            for count, row in enumerate(rows.iterator(chunk_size=_CHUNK), start=1):
                out.write(",\n" if count > 1 else "\n")
                out.write(_json(dict(zip(names, row, strict=True))))
            out.write("\n]\n")
        with _text(bundle, f"csv/{table.name}.csv") as out:
            writer = csv.writer(out)
            writer.writerow(names)
            for row in rows.iterator(chunk_size=_CHUNK):
                writer.writerow([safe_cell(_cell(value)) for value in row])
        self.counts[table.name] = count

    def _file(self, bundle: ZipFile, one: Attachment) -> None:
        """A file by its id and name; one that is gone from the disk is named among the contents."""
        place = stored_file(one)
        if place.is_file():
            bundle.write(place, f"files/{one.pk}-{one.name}")
        else:
            self.counts["files_missing"] = self.counts.get("files_missing", 0) + 1

    def _people(self, bundle: ZipFile) -> None:
        people = [{"id": pk, "name": name, "email": email} for pk, name, email in people_of(self.client)]
        self.counts["people"] = len(people)
        bundle.writestr("json/people.json", _json(people, indent=1))

    def _contents(self, bundle: ZipFile) -> None:
        told = {"client": self.client.key, "name": self.client.name, "made_at": self.at, "rows": self.counts}
        bundle.writestr("contents.json", _json(told, indent=1))


def _text(bundle: ZipFile, name: str) -> TextIOWrapper:
    return TextIOWrapper(bundle.open(name, "w", force_zip64=True), encoding="utf-8", newline="")


def _json(value: Any, indent: int | None = None) -> str:  # noqa: ANN401  whatever a row holds
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)


def _cell(value: Any) -> object:  # noqa: ANN401  whatever a row holds
    if isinstance(value, dict | list):
        return _json(value)
    return value.isoformat() if isinstance(value, datetime) else value
