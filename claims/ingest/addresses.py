"""Which addresses of the network may be connected to."""

import ipaddress
import socket
from collections.abc import Callable, Iterator

from .errors import FetchError, ForbiddenAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# `is_global` follows the registry of the Python that runs; these are named for older ones.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
    )
)
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the order to try. Raises FetchError(code="dns")."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"The host {host} is not known.", code="dns") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address wrapped in it, is global unicast."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    wrapped = list(_wrapped(parsed))
    if wrapped:
        return all(is_public(str(inner)) for inner in wrapped)
    if parsed.version == 6 and parsed not in _GLOBAL_UNICAST_V6:
        return False
    return parsed.is_global and not any(
        parsed in network for network in _CLOSED if network.version == parsed.version
    )


def permitted(host: str, port: int, *, allow: tuple[str, ...], resolver: Resolver) -> list[str]:
    """The addresses of a host, resolved once, when every one of them may be connected to.

    One forbidden address among public ones refuses the host: nobody publishes that by mistake.
    Raises ForbiddenAddress, or FetchError(code="dns").
    """
    addresses = resolver(host, port)
    opened = [ipaddress.ip_network(network) for network in allow]
    for address in addresses:
        if not is_public(address) and not _is_opened(address, opened):
            raise ForbiddenAddress(
                f"{host} leads to {address}, which is not on the public internet."
            )
    if not addresses:
        raise FetchError(f"The host {host} has no address.", code="dns")
    return addresses


def _is_opened(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks if network.version == parsed.version)


def _wrapped(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """IPv4 addresses that a packet to this IPv6 address would end at."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
