"""The guard on connections: this machine and its network are out of reach in every spelling and by every name."""

import re
import socket
from typing import Any

import pytest

from service.errors import (
    BadAddress,
    BlockedAddress,
    CertificateRefused,
    FetchFailed,
    HostNotFound,
)
from service.intake.fetch import Fetcher
from tests.intake.origins import Names, fetch_page, fetched, page, redirect, run, settings, site

SPELLINGS = """
127.0.0.1 127.1 127.0.1 127.000.000.001 0177.0.0.1 0177.0.0.01 00000177.0.0.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1 0x7f000001
0x7F.1 2130706433 017700000001 127.0.0.1. 2130706433. 0 0.0.0.0 00 0x0 127.255.255.254 127.0.0.2
localhost LOCALHOST localhost. ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc\u00adalhost
127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.0.0.1 ①②⑦.0.0.1 ⑫7.0.0.1 𝟏𝟐𝟕.𝟎.𝟎.𝟏 127.0.0.\u2460
[::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:7f00:1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::]
[2001:0:7f00:1::] [fe80::1] [fe80::1%25lo] [fc00::1] [fd00:ec2::254] [ff02::1] [fec0::1] [100::1] [64:ff9b:1::1]
10.0.0.1 172.16.0.1 192.168.0.1 192.168.1 169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 100.64.0.1
198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 192.0.0.192
good.example@127.0.0.1 good.example:80@127.0.0.1 127.0.0.1%2f@good.example @127.0.0.1 %31%32%37.0.0.1
127.0.0.1\\@good.example 127.0.0.1%00.good.example 127.0.0.1\t 127.0.0.1#@good.example [::1%25lo]
"""


@pytest.fixture(scope="module")
def canary() -> Any:
    """A socket that listens here; what connects to it has got through."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    yield listener
    listener.close()


@pytest.mark.parametrize("host", re.split("[ \n]+", SPELLINGS.strip("\n")))
def test_this_machine_and_its_network_in_every_spelling(host: str, canary: socket.socket) -> None:
    port = canary.getsockname()[1]
    before, mark, after = host.partition("#")
    with pytest.raises((BlockedAddress, BadAddress, HostNotFound)):  # some name services know `localhost.`, some do not
        run(fetched(f"http://{before}:{port}/{mark}{after}", port, allow="", fetch_seconds=5.0))
    with pytest.raises(BlockingIOError):
        canary.accept()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.1.1", "fe80::1", "169.254.169.254"])
def test_a_name_that_leads_inside(address: str) -> None:
    with pytest.raises(BlockedAddress):
        run(fetched("http://evil.example:81/", 81, allow="", names=Names(evil_example=[[address]])))


def test_a_name_all_of_whose_addresses_lead_inside() -> None:
    names = Names(evil_example=[["127.0.0.1", "::1", "10.0.0.1"]])
    with pytest.raises(BlockedAddress):
        run(fetched("http://evil.example:81/", 81, allow="", names=names))


def test_a_name_that_changes_its_address_between_two_requests() -> None:
    async def work() -> None:
        async with site({"/": redirect("/b"), "/b": page()}, "127.0.0.2") as port:
            names = Names(turn_example=[["127.0.0.2"], ["127.0.0.1"]])
            fetcher = Fetcher(settings(port, "127.0.0.2"), names)
            assert (await fetcher.fetch(f"http://turn.example:{port}/")).document is not None
            await fetcher.close()  # as when the name service's answer has run out
            with pytest.raises(BlockedAddress):
                await fetcher.fetch(f"http://turn.example:{port}/")
            await fetcher.close()

    run(work())


def test_a_host_that_the_site_names() -> None:
    async def work() -> None:
        async with site({"/": page()}) as port:
            fetcher = Fetcher(settings(port, "Intranet.example"), Names(**{"intranet_example": [["127.0.0.1"]]}))
            assert (await fetcher.fetch(f"http://intranet.example:{port}/")).document is not None
            with pytest.raises(BlockedAddress):
                await fetcher.fetch(f"http://127.0.0.1:{port}/")
            await fetcher.close()

    run(work())


def test_no_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch_page({"/": page()}).document is not None


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(HostNotFound):
        run(fetched("http://nobody.example:81/", 81, names=Names()))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(FetchFailed):
        run(fetched(f"http://127.0.0.1:{port}/", port))


def test_a_certificate_that_is_none() -> None:
    async def work() -> None:
        async with site({"/": page()}) as port:
            await fetched(f"https://127.0.0.1:{port}/", port)

    with pytest.raises(CertificateRefused):
        run(work())
