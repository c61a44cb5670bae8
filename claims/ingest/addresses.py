"""Which addresses of the network may be connected to."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator

from .errors import FetchError, ForbiddenAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
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
# 64:ff9b:1::/48, the prefix for translation within one network, lies outside of these: closed.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = 0x5EFE
_ISATAP_MASK = 0xFDFFFFFF

# "Bad ports" of the Fetch standard: other protocols that could take a request for commands.
_OTHER_PROTOCOLS = frozenset(
    {
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
        *(5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
    }
)


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the order to try. Raises FetchError(code="dns")."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"The host {host} is not known.", code="dns") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(seconds: float, host: str, port: int, *, resolver: Resolver) -> list[str]:
    """What the resolver answers in time; raises FetchError(code="dns") when it does not.

    The system's resolver knows no time limit of ours. It runs in a thread that is left alone
    when the time is over: it ends by its own time-out.
    """
    answers: list[list[str]] = []
    errors: list[BaseException] = []

    def ask() -> None:
        try:
            answers.append(resolver(host, port))
        except BaseException as error:  # noqa: BLE001  raised again by the caller's thread
            errors.append(error)

    thread = threading.Thread(target=ask, name="resolver", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise FetchError(f"No name server said in time where {host} is.", code="dns")
    return answers[0]


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address wrapped in it, is global unicast."""
    parsed = _parsed(address)
    if parsed is None:
        return False
    wrapped = list(_wrapped(parsed))
    if wrapped:
        return all(is_public(str(inner)) for inner in wrapped)
    if isinstance(parsed, ipaddress.IPv6Address) and not _is_global_v6(parsed):
        return False
    return parsed.is_global and not any(
        parsed in network for network in _CLOSED if network.version == parsed.version
    )


def permitted(
    host: str,
    port: int,
    *,
    allow: tuple[str, ...],
    refuse: tuple[str, ...] = (),
    resolver: Resolver,
) -> list[str]:
    """The addresses of a host, resolved once, when every one of them may be connected to.

    One forbidden address among public ones refuses the host: nobody publishes that by mistake.
    `allow` and `refuse` are networks in CIDR form; what is in both is refused.
    Raises ForbiddenAddress, or FetchError(code="dns").
    """
    if port in _OTHER_PROTOCOLS:
        raise ForbiddenAddress(f"Port {port} of {host} is not one of the web.")
    addresses = resolver(host, port)
    opened, closed = _networks(allow), _networks(refuse)
    for address in addresses:
        if _is_in(address, closed):
            raise ForbiddenAddress(f"{host} leads to {address}, which the settings refuse.")
        if not is_public(address) and not _is_in(address, opened):
            raise ForbiddenAddress(
                f"{host} leads to {address}, which is not on the public internet."
            )
    if not addresses:
        raise FetchError(f"The host {host} has no address.", code="dns")
    return addresses


def _parsed(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    # A zone names an interface of this machine: nothing on the internet needs one.
    return None if getattr(parsed, "scope_id", None) else parsed


def _networks(named: tuple[str, ...]) -> list[Network]:
    return [ipaddress.ip_network(network) for network in named]


def _is_in(address: str, networks: list[Network]) -> bool:
    parsed = _parsed(address)
    if parsed is None:
        return False
    forms = [parsed, *_wrapped(parsed)]
    return any(
        form in network for form in forms for network in networks if network.version == form.version
    )


def _is_global_v6(address: ipaddress.IPv6Address) -> bool:
    if address not in _GLOBAL_UNICAST_V6:
        return False
    if (int(address) >> 32) & _ISATAP_MASK != _ISATAP:
        return True
    # ISATAP: an IPv4 address behind any prefix (RFC 5214).
    return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))


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
