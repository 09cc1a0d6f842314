"""A ticketing system of a client, as small as one can be: what the worked example speaks to in its test."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class OtherDesk:
    """Its tickets by number, how often it changed, and every call that changed something."""

    url: str = ""
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    clock: int = 0
    written: list[str] = field(default_factory=list)

    def touch(self, key: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
        """Make or change a ticket."""
        self.clock += 1
        ticket = self.tickets.setdefault(key, {"key": key, "fields": {}, "comments": []})
        ticket["fields"] |= fields
        ticket["changed"] = self.clock
        return ticket

    def comment(self, key: str, text: str, origin: str = "") -> None:
        """Say something on a ticket; the same origin stands once."""
        ticket = self.touch(key)
        if not origin or origin not in [one["origin"] for one in ticket["comments"]]:
            ticket["comments"].append({"id": self.clock, "text": text, "origin": origin})


class _Handler(BaseHTTPRequestHandler):
    desk: OtherDesk

    def do_GET(self) -> None:  # the name that the server library calls
        """The tickets that changed later than that."""
        after = int(self.path.rpartition("=")[2])
        rows = [one for one in self.desk.tickets.values() if one["changed"] > after]
        self._reply({"tickets": sorted(rows, key=lambda one: int(one["changed"]))})

    def do_POST(self) -> None:  # the name that the server library calls
        """A new ticket, or a comment."""
        body = self._body()
        if self.path.endswith("/comments"):
            self.desk.comment(self.path.split("/")[2], **body)
            self._reply({})
        else:
            key = f"OPS-{len(self.desk.tickets) + 1}"
            self.desk.touch(key, **body["fields"])
            self._reply({"key": key})

    def do_PATCH(self) -> None:  # the name that the server library calls
        """What the other side says of a ticket."""
        self.desk.touch(self.path.split("/")[2], **self._body()["fields"])
        self._reply({})

    def _body(self) -> Any:  # noqa: ANN401
        self.desk.written.append(f"{self.command} {self.path}")
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _reply(self, body: Any) -> None:  # noqa: ANN401
        told = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  # as the library has it
        """Say nothing."""


@contextmanager
def other_desk() -> Iterator[OtherDesk]:
    """Run it on a free port of this machine."""
    desk = OtherDesk()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (_Handler,), {"desk": desk}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    desk.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
