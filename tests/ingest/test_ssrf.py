"""Ways to say "read from inside": each is refused by name, and no connection is ever made."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest

from claims.ingest.errors import IngestError
from claims.ingest.fetch import fetch
from claims.ingest.limits import FetchLimits
from tests.ingest.web import Web

# {port} is a port of this machine on which a trap listens, at every IPv4 address it has.
FORMS = [
    # loopback, private, shared, link-local, "this host" and broadcast, as they are written
    ("http://127.0.0.2:{port}/", "forbidden_address"),
    ("http://127.255.255.254:{port}/", "forbidden_address"),
    ("http://0.0.0.0:{port}/", "forbidden_address"),
    ("http://10.0.0.1:{port}/", "forbidden_address"),
    ("http://172.31.255.255:{port}/", "forbidden_address"),
    ("http://192.168.0.1:{port}/", "forbidden_address"),
    ("http://100.64.0.1:{port}/", "forbidden_address"),
    ("http://169.254.169.254/latest/meta-data/", "forbidden_address"),
    ("http://224.0.0.1:{port}/", "forbidden_address"),
    ("http://255.255.255.255:{port}/", "forbidden_address"),
    # https, capitals, blanks, a trailing dot, a fragment that looks like a host
    ("https://127.0.0.2:{port}/", "forbidden_address"),
    (" HTTP://127.0.0.2:{port}/ ", "forbidden_address"),
    ("http://127.0.0.2.:{port}/", "forbidden_address"),
    ("http://127.0.0.2:{port}#@example.org/", "forbidden_address"),
    ("http://127.0.0.2:{port}?@example.org/", "forbidden_address"),
    ("http://127.0.0.\t2:{port}/", "forbidden_address"),
    # decimal, octal and hexadecimal, whole, in part, short, with leading zeros
    ("http://2130706434:{port}/", "bad_url"),
    ("http://017700000002:{port}/", "bad_url"),
    ("http://0x7f000002:{port}/", "bad_url"),
    ("http://0X7F000002:{port}/", "bad_url"),
    ("http://0177.0.0.2:{port}/", "bad_url"),
    ("http://0x7f.0.0.2:{port}/", "bad_url"),
    ("http://127.0.0.0x2:{port}/", "bad_url"),
    ("http://127.000.000.002:{port}/", "bad_url"),
    ("http://127.2:{port}/", "bad_url"),
    ("http://127.0.2:{port}/", "bad_url"),
    ("http://0:{port}/", "bad_url"),
    ("http://127.0.0.2.2:{port}/", "bad_url"),
    ("http://4294967298:{port}/", "bad_url"),
    # digits and dots of other scripts, which Unicode maps to ours
    ("http://１２７.０.０.２:{port}/", "forbidden_address"),
    ("http://①②⑦.⓪.⓪.②:{port}/", "forbidden_address"),
    ("http://127。0。0。2:{port}/", "forbidden_address"),
    # percent-encoding and NUL in a host
    ("http://%31%32%37.0.0.2:{port}/", "bad_url"),
    ("http://127%2e0%2e0%2e2:{port}/", "bad_url"),
    ("http://example.org%00.127.0.0.2:{port}/", "bad_url"),
    ("http://127.0.0.2\0.example.org:{port}/", "bad_url"),
    # IPv6: loopback, unspecified, link-local, unique local, site-local, multicast
    ("http://[::1]:{port}/", "forbidden_address"),
    ("http://[0:0:0:0:0:0:0:1]:{port}/", "forbidden_address"),
    ("http://[::]:{port}/", "forbidden_address"),
    ("http://[fe80::1]:{port}/", "forbidden_address"),
    ("http://[fd00:ec2::254]:{port}/", "forbidden_address"),
    ("http://[fec0::1]:{port}/", "forbidden_address"),
    ("http://[ff02::1]:{port}/", "forbidden_address"),
    # IPv4 within IPv6: mapped, compatible, translated, 6to4, NAT64 of both kinds, Teredo, ISATAP
    ("http://[::ffff:127.0.0.2]:{port}/", "forbidden_address"),
    ("http://[::ffff:7f00:2]:{port}/", "forbidden_address"),
    ("http://[0:0:0:0:0:ffff:7f00:0002]:{port}/", "forbidden_address"),
    ("http://[::127.0.0.2]:{port}/", "forbidden_address"),
    ("http://[::ffff:0:127.0.0.2]:{port}/", "forbidden_address"),
    ("http://[2002:7f00:2::]:{port}/", "forbidden_address"),
    ("http://[64:ff9b::127.0.0.2]:{port}/", "forbidden_address"),
    ("http://[64:ff9b:1::127.0.0.2]:{port}/", "forbidden_address"),
    ("http://[2001:0:4136:e378:8000:63bf:80ff:fffd]:{port}/", "forbidden_address"),
    ("http://[2606:4700::5efe:7f00:2]:{port}/", "forbidden_address"),
    # zones, and what is no IPv6 at all
    ("http://[fe80::1%25lo]:{port}/", "bad_url"),
    ("http://[fe80::1%lo]:{port}/", "bad_url"),
    ("http://[::1%251]:{port}/", "bad_url"),
    ("http://[2606:4700::1111%25lo]:{port}/", "bad_url"),
    ("http://[v1.127.0.0.2]:{port}/", "bad_url"),
    ("http://[127.0.0.2]:{port}/", "bad_url"),
    ("http://::1:{port}/", "bad_url"),
    # a user name that looks like the host, and credentials
    ("http://example.org@127.0.0.2:{port}/", "bad_url"),
    ("http://user:hunter2@127.0.0.2:{port}/", "bad_url"),
    ("http://127.0.0.2:{port}@example.org/", "bad_url"),
    ("http://example.org\\@127.0.0.2:{port}/", "bad_url"),
    ("http://127.0.0.2:{port}\\@example.org/", "bad_url"),
    ("http://@127.0.0.2:{port}/", "bad_url"),
    # ports that are none, and ports where a request would be taken for commands
    ("http://127.0.0.2:0/", "bad_url"),
    ("http://127.0.0.2:99999/", "bad_url"),
    ("http://127.0.0.2:-1/", "bad_url"),
    ("http://93.184.216.34:25/", "forbidden_address"),
    # other schemes
    ("file:///etc/passwd", "bad_url"),
    ("file://localhost/etc/passwd", "bad_url"),
    ("gopher://127.0.0.2:{port}/_x", "bad_url"),
    ("ftp://127.0.0.2:{port}/", "bad_url"),
    ("dict://127.0.0.2:{port}/d:x", "bad_url"),
    ("ldap://127.0.0.2:{port}/", "bad_url"),
    ("ws://127.0.0.2:{port}/", "bad_url"),
    ("jar:http://127.0.0.2:{port}!/", "bad_url"),
    ("view-source:http://127.0.0.2:{port}/", "bad_url"),
    ("javascript:fetch('http://127.0.0.2:{port}/')", "bad_url"),
    ("data:text/html,x", "bad_url"),
]
# Names of this machine, which the tests' own limits leave open.
NAMES = [
    ("http://localhost:{port}/", "forbidden_address"),
    ("http://LOCALHOST.:{port}/", "forbidden_address"),
    ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "forbidden_address"),
    ("http://127.0.0.1:{port}/", "forbidden_address"),
]
# What a browser takes for an absolute address. By the standard most are a path of the same
# site, which then has no such page.
RELATIVE = [
    ("//127.0.0.2:{port}/", "forbidden_address"),
    ("///127.0.0.2:{port}/", "http_status"),
    ("http:///127.0.0.2:{port}/", "http_status"),
    ("http:/127.0.0.2:{port}/", "http_status"),
    ("http:127.0.0.2:{port}/", "http_status"),
    ("\\\\127.0.0.2:{port}/", "http_status"),
    ("/\\127.0.0.2:{port}/", "http_status"),
    (".127.0.0.2:{port}/", "http_status"),
    ("@127.0.0.2:{port}/", "http_status"),
]
# What a name server may answer for http://inside.example:{port}/.
ANSWERS = [
    (["127.0.0.2"], "forbidden_address"),
    (["::1"], "forbidden_address"),
    (["::ffff:127.0.0.2"], "forbidden_address"),
    (["64:ff9b::7f00:2"], "forbidden_address"),
    (["fe80::1%lo"], "forbidden_address"),
    (["2606:4700::1111%lo"], "forbidden_address"),
    (["93.184.216.34", "127.0.0.2"], "forbidden_address"),
    (["2606:4700::1111", "::1"], "forbidden_address"),
    (["127.2"], "forbidden_address"),
    (["localhost"], "forbidden_address"),
    ([""], "forbidden_address"),
    ([], "dns"),
]


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """Listens wherever this machine can be reached; a connection would wait to be accepted."""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture
def port(trap: socket.socket) -> Iterator[int]:
    yield trap.getsockname()[1]
    with pytest.raises(BlockingIOError):
        trap.accept()


def code_of(url: str, limits: FetchLimits, **options: object) -> str:
    with pytest.raises(IngestError) as caught:
        fetch(url, limits=limits, **options)
    assert "hunter2" not in str(caught.value)
    return caught.value.code


def test_the_table_is_long_enough() -> None:
    assert len({form for form, _ in FORMS}) >= 40


@pytest.mark.parametrize(("form", "code"), [*FORMS, *NAMES])
def test_an_address_within_is_refused(limits: FetchLimits, port: int, form: str, code: str) -> None:
    closed = replace(limits, allow_networks=())
    assert code_of(form.replace("{port}", str(port)), closed) == code


@pytest.mark.parametrize(("form", "code"), RELATIVE)
def test_what_only_looks_absolute_stays_within_its_site(
    web: Web, limits: FetchLimits, port: int, form: str, code: str
) -> None:
    target = quote(form.replace("{port}", str(port)), safe="")
    assert code_of(f"{web.url}/jump?{target}", limits) == code
    assert len(web.requests) <= 2


@pytest.mark.parametrize(("form", "code"), FORMS)
def test_a_redirect_to_an_address_within_is_refused(
    web: Web, limits: FetchLimits, port: int, form: str, code: str
) -> None:
    target = quote(form.replace("{port}", str(port)), safe="")
    # HTTP itself has no NUL in a header.
    assert code_of(f"{web.url}/to/{target}", limits) == ("protocol" if "\0" in form else code)
    assert len(web.requests) == 1


@pytest.mark.parametrize(("answer", "code"), ANSWERS)
def test_a_name_that_leads_within_is_refused(
    limits: FetchLimits, port: int, answer: list[str], code: str
) -> None:
    url = f"http://inside.example:{port}/"
    assert code_of(url, limits, resolver=lambda host, port: answer) == code


def test_a_name_is_not_asked_for_a_second_time(limits: FetchLimits, port: int, web: Web) -> None:
    """Rebinding: the answer is public when it is checked and private when it is used."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    url = f"http://rebind.example:{web.port}/to/http%3A%2F%2Frebind.example%3A{port}%2F"
    code = code_of(url, limits, resolver=lambda host, port: answers.pop(0))
    assert (code, answers) == ("forbidden_address", [])


def test_networks_of_the_settings_are_refused_although_public(
    limits: FetchLimits, port: int
) -> None:
    own = FetchLimits(refuse_networks=("93.184.216.0/24",), allow_networks=("0.0.0.0/0",))
    for answer in ("93.184.216.34", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"):
        code = code_of(
            f"http://own.example:{port}/", own, resolver=lambda host, port, a=answer: [a]
        )
        assert code == "forbidden_address"
