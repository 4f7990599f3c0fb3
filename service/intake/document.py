"""A document as it arrives: its bytes and what its sender says of them."""

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """All but the bytes is what the sender says, and may be wrong: `media_type` and `charset` as HTTP has them,

    `name` of the file, `url` where it was fetched.
    """

    body: bytes
    media_type: str | None = None
    charset: str | None = None
    name: str | None = None
    url: str | None = None
