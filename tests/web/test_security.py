"""The policy: nothing unsafe, and what a page needs."""

import pytest

from service.web import security
from service.web.palette import own_style
from service.web.preferences import parse


@pytest.mark.parametrize("policy", [security.PAGE, security.FILE])
def test_no_policy_is_unsafe_or_open(policy: security.Policy) -> None:
    text = security.serialise(policy)
    assert "unsafe" not in text
    assert "*" not in text
    assert policy["default-src"] == ("'none'",)


def test_only_pictures_may_come_from_elsewhere() -> None:
    elsewhere = {name for name, sources in security.PAGE.items() if {"http:", "https:"} & set(sources)}
    assert elsewhere == {"img-src"}


def test_a_readers_two_colours_are_allowed_by_their_digest() -> None:
    style = own_style(parse({"theme": "own", "ink": "#102030", "paper": "#ffffff"}))
    policy = security.page_headers(style)["Content-Security-Policy"]
    assert f"style-src 'self' {security.digest(style)};" in policy
    assert "sha256" not in security.page_headers()["Content-Security-Policy"]


def test_digest_is_that_of_csp_level_2() -> None:
    """The example of the specification, section 7.17.2."""
    assert security.digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_every_response_says_what_it_is() -> None:
    assert security.page_headers()["X-Content-Type-Options"] == "nosniff"
    assert security.HEADERS.items() <= security.page_headers().items()
