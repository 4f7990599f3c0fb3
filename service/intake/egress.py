"""Egress: what a web address means, and which hosts a request may reach."""

import ipaddress
import re
from collections.abc import Iterable

import msgspec
from yarl import URL

from service.errors import BadAddress, BlockedPort

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_ENDS_IN_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)\.?$")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")

# Networks in which an address carries an IPv4 one, and how far left of the lowest bit that stands: RFC 4291 2.5.5
# (compatible and mapped), RFC 2765 2.1 (translated), RFC 6052 2.1 (NAT64), RFC 3056 2 (6to4).
_CARRIERS: tuple[tuple[IPNetwork, int], ...] = (
    (ipaddress.ip_network("::/96"), 0),
    (ipaddress.ip_network("::ffff:0:0/96"), 0),
    (ipaddress.ip_network("::ffff:0:0:0/96"), 0),
    (ipaddress.ip_network("64:ff9b::/96"), 0),
    (ipaddress.ip_network("2002::/16"), 80),
)
# IANA gives out IPv6 addresses of public hosts from here only (RFC 4291 2.4).
_UNICAST = ipaddress.ip_network("2000::/3")
# What `is_global` lets through and no public web server has: protocol assignments, 6to4 relays, Teredo, documentation.
_SPECIAL: tuple[IPNetwork, ...] = tuple(
    ipaddress.ip_network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20")
)


class Allowance(msgspec.Struct, frozen=True):
    """What a site opens of its own intranet: host names as written, and networks."""

    hosts: frozenset[str]
    networks: tuple[IPNetwork, ...]


def allowance(entries: Iterable[str]) -> Allowance:
    """From entries such as `intranet.example`, `10.1.0.0/16`, `192.168.7.9` and `fd00::/8`."""
    hosts: set[str] = set()
    networks: list[IPNetwork] = []
    for entry in entries:
        try:
            networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
        except ValueError:
            hosts.add(entry.lower().rstrip("."))
    return Allowance(frozenset(hosts), tuple(networks))


def parse(text: str, ports: Iterable[int]) -> URL:
    """The address that `text` writes, its host in one canonical spelling, without a fragment.

    Numbers are read as browsers read them (WHATWG URL, 3.5), so `http://2130706433/` is `http://127.0.0.1/`.
    Raises BadAddress for what is not a plain http(s) address, BlockedPort for a port that is not open.
    """
    text = text.strip()
    try:
        if _FORBIDDEN.search(text):
            raise ValueError("a character that no address has")
        url = URL(text)
        if url.scheme not in ("http", "https") or url.user is not None or url.password is not None:
            raise ValueError("not a plain http(s) address")
        url = url.with_host(_host(url.raw_host or "")).with_fragment(None)
        port = url.port or 0
    except ValueError as error:
        raise BadAddress(url=shown(text)) from error
    if port not in ports:
        raise BlockedPort(host=f"{url.host}:{port}", ports=" ".join(map(str, ports)))
    return url


def shown(text: str) -> str:
    """An address as an error message shows it: one line, at most 100 characters."""
    line = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+", " ", text).strip()
    return line if len(line) <= 100 else line[:99] + "…"


def _host(host: str) -> str:
    if ":" in host:
        return str(ipaddress.IPv6Address(host))  # a zone, as in fe80::1%eth0, is kept and refused when connecting
    host = host.lower()
    if _ENDS_IN_NUMBER.search(host):
        return str(ipaddress.IPv4Address(_number(host.removesuffix("."))))
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise ValueError("not a host name")
    return host


def _number(host: str) -> int:
    parts = [_part(part) for part in host.split(".")]
    if len(parts) > 4 or any(part > 255 for part in parts[:-1]) or parts[-1] >> 8 * (5 - len(parts)):
        raise ValueError("not an IPv4 address")
    return parts[-1] + sum(part << 24 - 8 * place for place, part in enumerate(parts[:-1]))


def _part(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if text.startswith("0") else int(text)


def permitted(address: IPAddress, allowed: Allowance) -> bool:
    """Whether a connection to `address` may be made: it is a public host's, or in a network that the site names.

    One that carries an IPv4 address (mapped, NAT64, 6to4 …) is refused unless the site names what it carries, or
    names its own network and what it carries may be opened.
    """
    carried = _carried(address)
    if carried is not None:
        return _named(carried, allowed) or (_named(address, allowed) and permitted(carried, allowed))
    return _named(address, allowed) or _public(address)


def _carried(address: IPAddress) -> ipaddress.IPv4Address | None:
    for network, shift in _CARRIERS:
        if address in network and int(address) > 1:  # :: and ::1 carry nothing
            return ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _named(address: IPAddress, allowed: Allowance) -> bool:
    return any(address in network for network in allowed.networks)


def _public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.scope_id is not None or address not in _UNICAST):
        return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
