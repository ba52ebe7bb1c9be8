"""Which addresses the page may be bound to: one chosen interface of the local network."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

from ...errors import WanggeError
from ...translation import translate


def local_addresses() -> tuple[str, ...]:
    """Return this machine's IPv4 addresses in private networks, for the facilitator to choose."""
    found = {"127.0.0.1"}
    with contextlib.suppress(OSError):  # a machine may not know its own name
        found |= {str(a[4][0]) for a in socket.getaddrinfo(socket.gethostname(), 0, socket.AF_INET)}
    for target in ("10.255.255.255", "192.168.255.255", "172.31.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                # Connecting a datagram socket sends nothing: it asks which interface would.
                probe.connect((target, 9))
                found.add(str(probe.getsockname()[0]))
            except OSError:
                continue
    return tuple(sorted(a for a in found if _is_local(a)))


def _is_local(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    wide = parsed.is_unspecified or parsed.is_multicast or parsed.is_reserved
    return (parsed.is_private or parsed.is_link_local) and not wide


def checked_address(address: str) -> str:
    """Return an IPv4 address of a local network; WanggeError for every other."""
    try:
        ipaddress.IPv4Address(address)
        local = _is_local(address)
    except ValueError:
        local = False
    if not local:
        raise WanggeError(
            translate(
                "Wangge",
                "The workshop page cannot be opened on {address}. Choose one address of the "
                "local network, such as 192.168.1.20; all interfaces at once are not allowed.",
            ).format(address=address or "''")
        )
    return address
