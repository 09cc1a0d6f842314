"""The one door to other people's machines: every outgoing HTTP request passes here.

A name is resolved once, every address that is not public is refused, and the connection goes to the very
address that was checked, with the name kept for TLS and Host. No redirect is followed, no proxy is used, no
certificate is excused, and neither time nor answer is unbounded.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, cast
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
MOST_BYTES = 64 * 1024
_PORTS = {"https": 443, "http": 80}
#: OpenSSL's number for a certificate that is past its end.
_CERTIFICATE_ENDED = 10
#: Networks that wrap other addresses: what they lead to cannot be judged by their own number.
_WRAPPING = tuple(
    ipaddress.ip_network(text)
    for text in ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "::/96", "fec0::/10")
)


class AddressRefusedError(Exception):
    """The address is none that we call; the text says why, in words for the person who typed it."""


class UnreachableError(Exception):
    """No answer came: no connection, broken TLS, or out of time."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back: status, headers, and at most 64 kB of the body; `is_cut` says that more came.

    `certificate_ends_at` is the end of the other side's certificate, in UTC; None without encryption.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False
    certificate_ends_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Destination:
    """An address that passed every check, with the one IP address to connect to."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def check_url(url: str, *, allow_plain: bool = False) -> SplitResult:
    """Refuse what can be seen from the text alone: another scheme, user names, odd ports, missing host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise AddressRefusedError("This address cannot be read.") from fault
    host = (parts.hostname or "").lower()
    if not host or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise AddressRefusedError("This address cannot be read.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("An address with a user name or password in it is not called.")
    if parts.scheme not in _PORTS:
        raise AddressRefusedError("Only https addresses are called.")
    if _is_allowed_host(host, port or _PORTS[parts.scheme]):
        return parts
    if parts.scheme == "http" and not allow_plain:
        raise AddressRefusedError("Only https addresses are called.")
    if port not in (None, _PORTS[parts.scheme]):
        raise AddressRefusedError(f"Only port {_PORTS[parts.scheme]} is called.")
    return parts


def destination_of(url: str, *, allow_plain: bool = False) -> Destination:
    """Check the address and resolve its name once; raises `AddressRefusedError` or `UnreachableError`."""
    parts = check_url(url, allow_plain=allow_plain)
    host = (parts.hostname or "").lower()
    port = parts.port or _PORTS[parts.scheme]
    ips = _resolved(host, port)
    if not _is_allowed_host(host, port) and not all(is_public(ip) or _is_allowed_ip(ip) for ip in ips):
        raise AddressRefusedError("This address leads into a network that is not public.")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Destination(scheme=parts.scheme, host=host, port=port, path=path, ip=ips[0])


def is_public(text: str) -> bool:
    """Whether an IP address is one that anybody on the Internet can reach, and no disguise of another."""
    ip = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped is not None:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip in network for network in _WRAPPING if network.version == ip.version)


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    allow_plain: bool = False,
) -> Reply:
    """Make one request within 15 seconds in all, and follow nothing.

    Raises `AddressRefusedError` or `UnreachableError`.
    """
    target = destination_of(url, allow_plain=allow_plain)
    connection = _PinnedConnection(target)
    watchdog = threading.Timer(TOTAL_SECONDS, connection.cut)
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request(method, target.path, body=body or None, headers=dict(headers or {}))
        reply = connection.getresponse()
        read = reply.read(MOST_BYTES + 1)
        if connection.is_cut:
            raise UnreachableError(f"No complete answer within {TOTAL_SECONDS:.0f} seconds.")
        return Reply(
            status=reply.status,
            headers={name.lower(): value for name, value in reply.getheaders()},
            body=read[:MOST_BYTES],
            is_cut=len(read) > MOST_BYTES,
            certificate_ends_at=connection.certificate_ends_at,
        )
    except (OSError, http.client.HTTPException) as fault:
        raise UnreachableError(_words(fault, is_cut=connection.is_cut)) from fault
    finally:
        watchdog.cancel()
        connection.close()


@contextmanager
def stream(url: str, *, headers: Mapping[str, str] | None = None) -> Iterator[tuple[BinaryIO, int]]:
    """Read a long answer piece by piece, through the same checks as `fetch`; gives it with its length, or 0.

    No piece takes longer than 15 seconds, and the whole ends when its reader stops. Raises
    `AddressRefusedError`, or `UnreachableError` for anything but a plain 200.
    """
    connection = _PinnedConnection(destination_of(url))
    try:
        connection.request("GET", connection.target.path, headers=dict(headers or {}))
        reply = connection.getresponse()
        if reply.status != http.client.OK:
            raise UnreachableError(f"The other side answers with status {reply.status}.")
        yield cast("BinaryIO", reply), reply.length or 0
    except (OSError, http.client.HTTPException) as fault:
        raise UnreachableError(_words(fault, is_cut=False)) from fault
    finally:
        connection.close()


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, target: Destination) -> None:
        super().__init__(target.host, target.port, timeout=TOTAL_SECONDS)
        self.target = target
        self.is_cut = False
        self.certificate_ends_at: datetime | None = None
        self._raw: socket.socket | None = None
        self.default_port = _PORTS[target.scheme]  # decides whether Host names the port

    def connect(self) -> None:
        """Connect to the one IP address; for https with the name for the certificate."""
        self._raw = socket.create_connection((self.target.ip, self.target.port), CONNECT_SECONDS)
        self.sock = self._raw
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            sealed = context.wrap_socket(self._raw, server_hostname=self.target.host)
            self.sock = self._raw = sealed
            self.certificate_ends_at = _end_of(sealed)
        self.sock.settimeout(TOTAL_SECONDS)

    def cut(self) -> None:
        """End it now, whatever it waits for."""
        self.is_cut = True
        try:
            if self._raw is not None:
                self._raw.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _end_of(sealed: ssl.SSLSocket) -> datetime | None:
    """When the certificate that was just checked ends."""
    text = (sealed.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), tz=UTC) if text else None


def _resolved(host: str, port: int) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise UnreachableError("The name could not be resolved.") from fault
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _is_allowed_host(host: str, port: int) -> bool:
    return host in settings.OUTBOUND_ALLOW or f"{host}:{port}" in settings.OUTBOUND_ALLOW


def _is_allowed_ip(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    networks = [entry for entry in settings.OUTBOUND_ALLOW if "/" in entry]
    return any(address in ipaddress.ip_network(entry) for entry in networks)


def _words(fault: Exception, *, is_cut: bool) -> str:
    if is_cut or isinstance(fault, TimeoutError):
        return "No complete answer in time."
    if isinstance(fault, ssl.SSLCertVerificationError) and fault.verify_code == _CERTIFICATE_ENDED:
        return "The certificate of the other side has ended."
    if isinstance(fault, ssl.SSLError):
        return "The certificate or the encryption of the other side is broken."
    if isinstance(fault, ConnectionRefusedError):
        return "The connection was refused."
    return "The connection broke off."
