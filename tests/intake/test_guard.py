"""The guard on connections: this machine and its network are out of reach in every spelling and by every name."""

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
from tests.hostile.spellings import SPELLINGS, address
from tests.intake.origins import Names, fetch_page, fetched, page, redirect, run, settings, site


@pytest.fixture(scope="module")
def canary() -> Any:
    """A socket that listens here; what connects to it has got through."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    yield listener
    listener.close()


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_and_its_network_in_every_spelling(host: str, canary: socket.socket) -> None:
    port = canary.getsockname()[1]
    with pytest.raises((BlockedAddress, BadAddress, HostNotFound)):  # some name services know `localhost.`, some do not
        run(fetched(address(host, port), port, allow="", fetch_seconds=5.0))
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
