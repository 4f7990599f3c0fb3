"""The address guard: what an address means, and what no spelling of it may reach."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BadAddress, BlockedPort
from service.intake.egress import allowance, parse, permitted

PORTS = (80, 443)
NOTHING = allowance(())

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8
64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254
fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 4000::1 2606:4700::1%1
"""
PUBLIC = """
1.1.1.1 8.8.8.8 114.114.114.114 223.5.5.5 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 2400:3200::1
"""


@pytest.mark.parametrize("address", REFUSED.split())
def test_no_connection_to(address: str) -> None:
    assert not permitted(ipaddress.ip_address(address), NOTHING)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_connection_to(address: str) -> None:
    assert permitted(ipaddress.ip_address(address), NOTHING)


@pytest.mark.parametrize(
    ("entry", "inside", "outside"),
    [
        ("10.1.0.0/16", "10.1.2.3", "10.2.0.1"),
        ("192.168.7.9", "192.168.7.9", "192.168.7.8"),
        ("10.1.0.0/16", "::ffff:10.1.2.3", "::ffff:10.2.0.1"),
        ("fd00::/8", "fd12::1", "fc00::1"),
        ("[::1]", "::1", "::2"),
        ("127.0.0.1/8", "127.9.9.9", "::1"),
        ("64:ff9b::/96", "64:ff9b::8.8.8.8", "64:ff9b::10.0.0.1"),
    ],
)
def test_a_network_that_the_site_names(entry: str, inside: str, outside: str) -> None:
    allowed = allowance([entry])
    assert permitted(ipaddress.ip_address(inside), allowed)
    assert not permitted(ipaddress.ip_address(outside), allowed)
    assert permitted(ipaddress.ip_address("8.8.8.8"), allowed)


@given(st.ip_addresses(v=4))
def test_what_carries_an_address_that_is_refused_is_refused(inner: ipaddress.IPv4Address) -> None:
    if permitted(inner, NOTHING):
        return
    number = int(inner)
    for carrier in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not permitted(ipaddress.IPv6Address(carrier), NOTHING)
        assert not permitted(ipaddress.IPv6Address(carrier), allowance(["64:ff9b::/96", "2002::/16", "::ffff:0:0/96"]))


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("http://example.com", "example.com"),
        ("  https://EXAMPLE.com./a?b=c#d ", "example.com."),
        ("http://例子.测试/路径", "xn--fsqu00a.xn--0zwm56d"),
        ("http://ｅｘａｍｐｌｅ.com", "example.com"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f000001/", "127.0.0.1"),
        ("http://017700000001/", "127.0.0.1"),
        ("http://0177.0.0.01/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://127.1/", "127.0.0.1"),
        ("http://127.0.1./", "127.0.0.1"),
        ("http://1.1/", "1.0.0.1"),
        ("http://0x/", "0.0.0.0"),
        ("http://@127.0.0.1/", "127.0.0.1"),
        ("http://[::ffff:7f00:1]/", "::ffff:7f00:1"),
        ("http://[0:0:0:0:0:0:0:1]/", "::1"),
        ("http://a_b.example/", "a_b.example"),
    ],
)
def test_one_spelling_of_a_host(written: str, host: str) -> None:
    assert parse(written, PORTS).raw_host == host


def test_a_fragment_stays_with_the_reader() -> None:
    assert str(parse("https://example.com/文?题=一#段", PORTS)) == "https://example.com/%E6%96%87?%E9%A2%98=%E4%B8%80"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.com",
        "//example.com/",
        "http:",
        "http://",
        "http:///etc/passwd",
        "http:127.0.0.1",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "javascript:alert(1)",
        "data:text/html,x",
        "jar:http://example.com!/",
        "http://user@example.com/",
        "http://user:word@example.com/",
        "http://example.com@127.0.0.1/",
        "http://127.0.0.1\\@example.com/",
        "http://example.com\\.internal/",
        "http://exa mple.com/",
        "http://example.com/\r\nHost: x",
        "http://exam\tple.com/",
        "http://example.com\0.internal/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1%2f@example.com/",
        "http://[::1/",
        "http://[127.0.0.1]/",
        "http://[::1%25lo]extra/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://1.2.3.0xfff/",
        "http://08.1.1.1/",
        "http://example.com:99999/",
        "http://example.com:-80/",
        "http://example.com:８０/x y",
        "http://-example.com/",
        "http://" + "a" * 64 + ".com/",
        "http://" + "a." * 130 + "com/",
        "http://ex..ample.com/",
        "http://\ud800.com/",
        "http://exa\u2028mple.com/",
    ],
)
def test_not_an_address_that_can_be_opened(written: str) -> None:
    with pytest.raises(BadAddress) as caught:
        parse(written, PORTS)
    assert "\n" not in caught.value.sentence("en")
    caught.value.sentence("zh").encode()


def test_a_long_address_is_shown_short() -> None:
    with pytest.raises(BadAddress) as caught:
        parse("ftp://" + "长" * 10_000, PORTS)
    assert len(str(caught.value.facts["url"])) == 100


@pytest.mark.parametrize("port", [0, 22, 25, 81, 6379, 8080, 65535])
def test_a_port_that_is_not_open(port: int) -> None:
    with pytest.raises(BlockedPort):
        parse(f"http://example.com:{port}/", PORTS)
    assert parse(f"http://example.com:{port}/", [port]).port == port


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://[", "http://1.1.1.1", "//"]))
def test_anything_is_an_address_or_bad(text: str, start: str) -> None:
    try:
        url = parse(start + text, PORTS)
    except (BadAddress, BlockedPort):
        return
    assert url.scheme in ("http", "https")
    assert url.raw_host
    assert parse(str(url), PORTS) == url
