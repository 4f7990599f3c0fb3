"""Webhooks by the Standard Webhooks scheme: signed with HMAC-SHA256 over id, time and body, and how one is checked.

The scheme: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

TOLERANCE: Final = 300
"""Seconds that a message may be old or early: what is replayed later is refused."""


class Forged(Exception):
    """A message that was not signed with the secret, or whose time is not now."""


def sign(secret: str, id: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a message; `at` is in seconds since 1970, `secret` begins with `whsec_`."""
    return {
        "webhook-id": id,
        "webhook-timestamp": f"{at}",
        "webhook-signature": f"v1,{_mac(secret, id, f'{at}', body)}",
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The id of a message that is genuine and of now, by which a receiver knows one that it has had; raises Forged."""
    lower = {name.lower(): value for name, value in headers.items()}
    id, at = lower.get("webhook-id", ""), lower.get("webhook-timestamp", "")
    if not id or not at.isascii() or not at.isdigit() or abs(now - int(at[:12])) > TOLERANCE:
        raise Forged
    expected = f"v1,{_mac(secret, id, at, body)}".encode()
    signatures = lower.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(expected, each.encode()) for each in signatures):
        raise Forged
    return id


def is_secret(text: str) -> bool:
    """Whether this is `whsec_` and at least 24 bytes in base64."""
    try:
        return text.startswith("whsec_") and len(_bytes(text)) >= 24
    except binascii.Error:
        return False


def _mac(secret: str, id: str, at: str, body: bytes) -> str:
    signed = hmac.new(_bytes(secret), f"{id}.{at}.".encode() + body, hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


def _bytes(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
