"""Webhooks: our signatures are those of the scheme's own library, and what is forged, changed or replayed is refused."""

from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from service.push.keys import digest, new_key, new_secret
from service.push.webhooks import TOLERANCE, Forged, is_secret, sign, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type":"page.ready","data":{"source":"https://www.liuxi.example/新闻/1.html"}}'.encode()
NOW = 1_700_000_000


def test_the_schemes_own_library_signs_the_same() -> None:
    theirs = Webhook(SECRET).sign("msg_1", datetime.fromtimestamp(NOW, UTC), BODY.decode())
    assert sign(SECRET, "msg_1", NOW, BODY)["webhook-signature"] == theirs


def test_a_genuine_message_gives_its_id() -> None:
    headers = {name.title(): value for name, value in sign(SECRET, "msg_1", NOW, BODY).items()}
    assert verify(SECRET, headers, BODY, NOW + TOLERANCE) == "msg_1"


def test_of_several_signatures_one_counts() -> None:
    headers = sign(SECRET, "msg_1", NOW, BODY)
    headers["webhook-signature"] = f"v1,AAAA {headers['webhook-signature']}"
    assert verify(SECRET, headers, BODY, NOW) == "msg_1"


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": f"{NOW + 1}"},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "１７００００００００"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,é"},
        {"webhook-id": ""},
    ],
)
def test_a_forged_message_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Forged):
        verify(SECRET, sign(SECRET, "msg_1", NOW, BODY) | change, BODY, NOW)


def test_another_body_or_secret_is_refused() -> None:
    with pytest.raises(Forged):
        verify(SECRET, sign(SECRET, "msg_1", NOW, BODY), BODY + b" ", NOW)
    with pytest.raises(Forged):
        verify(SECRET, sign(new_secret(), "msg_1", NOW, BODY), BODY, NOW)


@pytest.mark.parametrize("later", [TOLERANCE + 1, -TOLERANCE - 1, 86400])
def test_a_replayed_message_is_refused(later: int) -> None:
    with pytest.raises(Forged):
        verify(SECRET, sign(SECRET, "msg_1", NOW, BODY), BODY, NOW + later)


def test_secrets_and_keys_are_long_and_never_the_same() -> None:
    assert is_secret(new_secret())
    assert not is_secret("whsec_")
    assert not is_secret("whsec_c2hvcnQ=")
    assert not is_secret("secret")
    assert len({new_key() for _ in range(50)}) == 50
    assert len(digest(new_key())) == len("sha256:") + 64
