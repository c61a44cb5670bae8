"""TLS and proxies: the name stays the name, wherever the connection goes."""

import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace

import pytest
import trustme

from claims.ingest import transport
from claims.ingest.errors import FetchError, ForbiddenAddress
from claims.ingest.fetch import fetch
from claims.ingest.limits import FetchLimits
from tests.ingest.proxy import Proxy, running_proxy
from tests.ingest.web import STORY, Web, running

NAME = "daily.example"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def https(authority: trustme.CA) -> Iterator[Web]:
    """A server with a certificate for NAME; the names that clients asked for are in `names`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)
    names: list[str | None] = []
    context.sni_callback = lambda connection, name, context: names.append(name)
    with running(tls=context) as web:
        web.names = names
        yield web


@pytest.fixture(autouse=True)
def _trusted(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The authority of the test among those of the system, as an operator would add one."""
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    transport._ssl_context.cache_clear()
    yield
    transport._ssl_context.cache_clear()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with running_proxy() as proxy:
        yield proxy


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def public(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


def within(host: str, port: int) -> list[str]:
    return ["10.0.0.1"]


def test_the_connection_goes_to_the_address_and_the_certificate_is_of_the_name(
    https: Web, limits: FetchLimits
) -> None:
    https.requests.clear()
    fetched = fetch(f"https://{NAME}:{https.port}/story", limits=limits, resolver=here)
    assert fetched.body == STORY
    assert https.names[-1] == NAME
    assert https.requests[0][1]["Host"] == f"{NAME}:{https.port}"


def test_a_certificate_of_another_name_is_refused(https: Web, limits: FetchLimits) -> None:
    https.requests.clear()
    with pytest.raises(FetchError) as caught:
        fetch(f"https://other.example:{https.port}/story", limits=limits, resolver=here)
    assert (caught.value.code, https.requests) == ("tls", [])


def test_a_certificate_of_nobody_known_is_refused(
    https: Web, limits: FetchLimits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    transport._ssl_context.cache_clear()
    with pytest.raises(FetchError) as caught:
        fetch(f"https://{NAME}:{https.port}/story", limits=limits, resolver=here)
    assert caught.value.code == "tls"


def test_a_cookie_stays_with_its_host(web: Web, limits: FetchLimits) -> None:
    target = f"http%3A%2F%2Fb.example%3A{web.port}%2Fstory"
    fetch(f"http://a.example:{web.port}/baked?{target}", limits=limits, resolver=here)
    (_, first), (_, second) = web.requests
    assert (first["Host"], second["Host"]) == (f"a.example:{web.port}", f"b.example:{web.port}")
    assert "Cookie" not in second


def test_a_page_comes_through_the_proxy(web: Web, limits: FetchLimits, proxy: Proxy) -> None:
    """The address that was checked is public; the proxy's own, on this machine, is not asked."""
    through = replace(limits, allow_networks=(), proxy=f"http://desk:p%40ss%2Fword@{proxy.address}")
    fetched = fetch(f"http://{NAME}:{web.port}/story", limits=through, resolver=public)
    assert fetched.body == STORY
    assert proxy.asked == [("GET", f"http://{NAME}:{web.port}/story")]
    assert proxy.credentials == ["Basic " + b64encode(b"desk:p@ss/word").decode()]
    assert "Proxy-Authorization" not in web.requests[0][1]


def test_a_secure_page_comes_through_a_tunnel_with_its_name_checked(
    https: Web, limits: FetchLimits, proxy: Proxy
) -> None:
    through = replace(limits, allow_networks=(), proxy=f"http://{proxy.address}")
    fetched = fetch(f"https://{NAME}:{https.port}/story", limits=through, resolver=public)
    assert (fetched.body, https.names[-1]) == (STORY, NAME)
    assert proxy.asked == [("CONNECT", f"{NAME}:{https.port}")]
    with pytest.raises(FetchError) as caught:
        fetch(f"https://other.example:{https.port}/story", limits=through, resolver=public)
    assert caught.value.code == "tls"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_proxy_is_not_asked_for_a_target_within(
    limits: FetchLimits, proxy: Proxy, scheme: str
) -> None:
    through = replace(limits, allow_networks=(), proxy=f"http://{proxy.address}")
    with pytest.raises(ForbiddenAddress):
        fetch(f"{scheme}://inside.example/", limits=through, resolver=within)
    with pytest.raises(ForbiddenAddress):
        fetch(f"{scheme}://[::ffff:10.0.0.1]/", limits=through)
    assert proxy.asked == []


def test_a_redirect_through_the_proxy_is_checked_again(
    web: Web, limits: FetchLimits, proxy: Proxy
) -> None:
    through = replace(limits, allow_networks=(), proxy=f"http://{proxy.address}")
    with pytest.raises(ForbiddenAddress):
        fetch(
            f"http://{NAME}:{web.port}/to/http%3A%2F%2F10.0.0.1%2F",
            limits=through,
            resolver=lambda host, port: [host] if host == "10.0.0.1" else ["93.184.216.34"],
        )
    assert len(proxy.asked) == 1


def test_an_ipv6_address_is_written_for_the_proxy_as_in_a_url(
    limits: FetchLimits, proxy: Proxy, web: Web
) -> None:
    through = replace(limits, proxy=f"http://{proxy.address}")
    fetch(f"http://[2606:4700::1111]:{web.port}/story", limits=through)
    assert proxy.asked == [("GET", f"http://[2606:4700::1111]:{web.port}/story")]
    assert web.requests[0][1]["Host"] == f"[2606:4700::1111]:{web.port}"


def test_a_proxy_that_refuses_is_named_without_its_password(
    limits: FetchLimits, proxy: Proxy
) -> None:
    proxy.refuses = True
    through = replace(limits, proxy=f"http://desk:hunter2@{proxy.address}")
    with pytest.raises(FetchError) as caught:
        fetch(f"https://{NAME}/", limits=through, resolver=public)
    assert caught.value.code == "proxy"
    assert "hunter2" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_no_connection(limits: FetchLimits) -> None:
    through = replace(limits, proxy="http://desk:hunter2@127.0.0.1:2")
    with pytest.raises(FetchError) as caught:
        fetch(f"http://{NAME}/", limits=through, resolver=public)
    assert caught.value.code == "connect"
    assert "hunter2" not in str(caught.value)
