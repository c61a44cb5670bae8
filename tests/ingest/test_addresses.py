"""Which addresses are on the public internet."""

import pytest

from claims.ingest.addresses import is_public, permitted
from claims.ingest.errors import FetchError, ForbiddenAddress

CLOSED = [
    "0.0.0.0",  # this host
    "0.1.2.3",
    "10.0.0.1",  # private
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",  # carriers' NAT
    "127.0.0.1",  # loopback
    "127.255.255.254",
    "169.254.169.254",  # link-local: cloud metadata
    "192.0.0.170",  # IETF protocols
    "192.0.2.1",  # documentation
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",  # 6to4 relays
    "198.18.0.1",  # benchmarks
    "224.0.0.1",  # multicast
    "239.255.255.250",
    "240.0.0.1",  # reserved
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",  # link-local
    "fe80::1%eth0",
    "fec0::1",  # site-local
    "fc00::1",  # unique local
    "fd12::1",
    "ff02::1",  # multicast
    "100::1",  # discard
    "2001:db8::1",  # documentation
    "3fff::1",
    "5f00::1",  # segment routing
    "::ffff:127.0.0.1",  # mapped
    "::127.0.0.1",  # compatible, abolished
    "::ffff:0:127.0.0.1",  # translated
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:a00:1::1",  # 6to4 of 10.0.0.1
    "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
    "64:ff9b::a9fe:a9fe",  # NAT64 of 169.254.169.254
    "64:ff9b:1::1",  # local NAT64
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
    "",
    "localhost",
    "127.1",
    "2130706433",
]
OPEN = [
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700::1111",
    "2a00:1450:4001:830::200e",
    "::ffff:8.8.8.8",  # what it wraps is public
    "64:ff9b::808:808",  # how a host without IPv4 reaches 8.8.8.8
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_off_the_public_internet_is_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_open(address: str) -> None:
    assert is_public(address)


def test_the_allow_list_opens_what_it_names_and_no_more() -> None:
    allow = ("127.0.0.0/8", "::1/128")
    for address in ("127.0.0.1", "::1", "8.8.8.8"):
        assert permitted("h", 80, allow=allow, resolver=lambda h, p, a=address: [a]) == [address]
    for address in ("10.0.0.1", "fe80::1", "not an address"):
        with pytest.raises(ForbiddenAddress):
            permitted("h", 80, allow=allow, resolver=lambda h, p, a=address: [a])


def test_a_name_without_addresses_is_unknown() -> None:
    with pytest.raises(FetchError) as caught:
        permitted("h", 80, allow=(), resolver=lambda h, p: [])
    assert caught.value.code == "dns"
