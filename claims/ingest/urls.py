"""One address for one article.

courlan is too free for an identity: it drops parameters that merely begin with "ref", "source"
or "uid", those without a value, and all but the first of two addresses in one, so that distinct
articles would fall together. Here only parameters known to be nothing but trackers go.
"""

import hashlib
import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit

import idna
from courlan import extract_domain

from .errors import BadUrl

MAX_URL_CHARS = 8192

_DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKERS = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|vero|oly|itm|at)_\w+"
    r"|(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh"
    r"|li_fat_id|mc_cid|mc_eid|mkt_tok|_ga|_gl|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking"
    r"|ns_campaign|ns_mchannel|ns_source|ns_linkname|ns_fee|wt_mc|wt\.mc_id|cmpid|cmp_id"
    r"|guccounter|guce_referrer|guce_referrer_sig|ref_src|ref_url|xtor|sref|smid|spm|ocid"
    r"|fb_action_ids|fb_action_types|fb_ref|fb_source|epik|s_kwcid|rb_clickid|sc_campaign"
    r"|sc_channel|sc_content|sc_medium|sc_outcome|sc_geo|sc_country)",
    re.IGNORECASE,
)

_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
# What resolvers take for a number, in decimal, octal or hex, whole or in part.
_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_USERINFO = re.compile(r"\A(\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]*).*@", re.IGNORECASE | re.DOTALL)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_URN = re.compile(r"urn:sha256:[0-9a-f]{64}")


def normalize(url: str) -> str:
    """The same request in one spelling, ASCII only, without the fragment.

    Scheme and host in lower case, internationalised names as punycode, default ports and dot
    segments off, percent-encoding in one form. The query is kept whole.

    Raises BadUrl for anything but http and https, for no host, a user name or password, a bad
    port, and more than MAX_URL_CHARS characters.
    """
    origin, path, query = _parts(url)
    return f"{origin}{path}{query and '?' + query}"


def canonicalize(url: str) -> str:
    """What identifies the article behind an address: `normalize`, trackers off, query sorted.

    Parameters are sorted by name alone, so that repeated ones keep their order. The scheme and
    a trailing slash are kept: servers may mean something by them. `file://` and `urn:sha256:`
    identities pass unchanged. Idempotent. Raises BadUrl as `normalize` does.
    """
    if _URN.fullmatch(url) or (url.startswith("file:///") and url.isascii()):
        return url
    origin, path, query = _parts(url)
    kept = [
        pair
        for pair in query.split("&")
        if pair and not _TRACKERS.fullmatch(pair.partition("=")[0])
    ]
    kept.sort(key=lambda pair: pair.partition("=")[0])
    return f"{origin}{path}{'?' if kept else ''}{'&'.join(kept)}"


def host_of(url: str) -> str:
    """The host of an address in lower case, with its port where that is unusual; BadUrl."""
    return urlsplit(normalize(url)).netloc


def url_hash(canonical: str) -> str:
    """SHA-256 (hex) of a canonical URL, for a unique index that long URLs fit into."""
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def text_urn(text_digest: str) -> str:
    """The identity of a text that has no address, from its `text_hash`."""
    return f"urn:sha256:{text_digest}"


def declared_canonical(declared: str, *, base: str) -> str:
    """The canonical form of a page's own rel=canonical, "" where it cannot be trusted.

    With a `base` (where the page came from) it must be of the same site, and may not send an
    article to the front page, as broken templates do. Without one it must be absolute.
    """
    try:
        address = canonicalize(urljoin(base, declared.strip()) if base else declared)
    except ValueError:  # urljoin, on a bracket out of place
        return ""
    except BadUrl:
        return ""
    if not address.startswith("http"):
        return ""
    if base and not _same_site(address, base):
        return ""
    front_page = urlsplit(address).path == "/" and not urlsplit(address).query
    if front_page and (not base or urlsplit(canonicalize(base)).path != "/"):
        return ""
    return address


def _same_site(one: str, other: str) -> bool:
    hosts = urlsplit(one).hostname, urlsplit(normalize(other)).hostname
    if hosts[0] == hosts[1]:
        return True
    # None, for two addresses or two names outside the public suffixes, is no agreement.
    domains = extract_domain(one), extract_domain(normalize(other))
    return domains[0] is not None and domains[0] == domains[1]


def _parts(url: str) -> tuple[str, str, str]:
    """(scheme://host[:port], path, query) in normal form."""
    shown = _shown(url)
    if len(url) > MAX_URL_CHARS:
        raise BadUrl(f"The address is longer than {MAX_URL_CHARS} characters: {shown}")
    # As browsers do: outer blanks and inner line breaks are slips of pasting.
    stripped = re.sub(r"[\t\r\n]", "", url.strip())
    try:
        parts = urlsplit(stripped)
        host, port, user = parts.hostname or "", parts.port, parts.username
    except ValueError as error:
        # The parser quotes what it stumbles over, a password that holds a slash for one.
        reason = "" if "@" in url else f" ({error})"
        raise BadUrl(f"Not a web address{reason}: {shown}") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise BadUrl(f"Only http:// and https:// addresses can be read: {shown}")
    if user is not None:
        raise BadUrl(f"An address with a user name or password is not accepted: {parts.scheme}://…")
    if not host:
        raise BadUrl(f"The address names no host: {shown}")
    if port == 0:
        raise BadUrl(f"Port 0 cannot be reached: {shown}")
    origin = f"{parts.scheme}://{_host(host, shown)}"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        origin += f":{port}"
    path = _without_dots(_encoded(parts.path, safe="/!$&'()*+,;=:@")) or "/"
    return origin, path, _encoded(parts.query, safe="/!$&'()*+,;=:@?")


def _shown(url: str) -> str:
    """An address as a message may hold it: short, and nothing of it that may be a password."""
    bare = _USERINFO.sub(r"\1…@", url, count=1)
    return bare if len(bare) <= 200 else bare[:200] + "…"


def _host(host: str, shown: str) -> str:
    if ":" in host:
        if "%" in host:
            raise BadUrl(f"An IPv6 address with a zone is of this machine alone: {shown}")
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise BadUrl(f"Not an IPv6 address: {shown}") from error
    host = host.rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise BadUrl(f"Not a valid host name: {shown}") from error
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise BadUrl(f"Not a valid host name: {shown}")
    if _NUMERIC_HOST.fullmatch(host):
        try:
            ipaddress.IPv4Address(host)
        except ValueError as error:
            raise BadUrl(f"Not an IPv4 address in its usual form: {shown}") from error
    return host


def _encoded(text: str, *, safe: str) -> str:
    """Percent-encoding in one form: upper-case hex, nothing encoded that need not be."""

    def one(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else f"%{match[1].upper()}"

    # A bare "%" first becomes "%25", so that "%" is safe for quote().
    return quote(_PERCENT.sub(one, text), safe=safe + "%", errors="replace")


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
