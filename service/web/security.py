"""The headers that keep a page to itself: the Content-Security-Policy and its companions, as data."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

Policy = Mapping[str, tuple[str, ...]]

PAGE: Final[Policy] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "https:", "http:", "data:"),
    "media-src": ("'self'", "blob:"),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "worker-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'self'",),
    "base-uri": ("'none'",),
}
"""Every page. Pictures of the article come from anywhere, and nothing else comes from elsewhere."""

FILE: Final[Policy] = {
    "default-src": ("'none'",),
    "img-src": ("https:", "http:", "data:", "file:"),
    "media-src": ("'self'", "file:"),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""A page opened from disk, where the policy stands in a meta element and all else is written into the page."""

HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
"""Every response."""


def serialise(policy: Policy) -> str:
    """The value of a Content-Security-Policy header."""
    return "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())


def allow(policy: Policy, directive: str, sources: Iterable[str]) -> Policy:
    """The same policy with more sources for one directive."""
    known = policy.get(directive, ())
    return {**policy, directive: (*known, *(source for source in sources if source not in known))}


def digest(text: str) -> str:
    """The source expression that allows one inline style or script, by its sha256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page_headers(style: str = "", ancestors: Iterable[str] = ()) -> dict[str, str]:
    """Headers of a page; `style` is its one inline style, where it has one, `ancestors` the origins that may frame it."""
    policy = allow(PAGE, "style-src", [digest(style)]) if style else PAGE
    policy = allow(policy, "frame-ancestors", ancestors)
    return {"Content-Security-Policy": serialise(policy), **HEADERS}
