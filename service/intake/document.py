"""A document as it arrives: its bytes and what its sender says of them."""

import msgspec

from service.sites import Selectors


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """All but the bytes is what the sender says, and may be wrong: `media_type` and `charset` as HTTP has them,

    `name` of the file, `url` where it was fetched. `select` is from the profile of the site that `url` belongs to.
    """

    body: bytes
    media_type: str | None = None
    charset: str | None = None
    name: str | None = None
    url: str | None = None
    select: Selectors | None = None
