"""Keys: what an editor's system shows to push articles, and the digests by which profiles know them."""

import base64
import hashlib
import hmac
import secrets

from service.errors import KeyNeeded, KeyNotForHost, KeyUnknown, SiteNotKnown
from service.sites import PushKey, Site, Sites, netloc


def new_key() -> str:
    """A key of 256 random bits, in letters that a header may hold."""
    return f"changdu_{secrets.token_urlsafe(32)}"


def new_secret() -> str:
    """A webhook's secret of 192 random bits, as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


def digest(key: str) -> str:
    """What a profile holds of a key: it is random and long, so one round of SHA-256 hides it."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def authorise(sites: Sites, authorization: str | None, url: str) -> Site:
    """The site that a key may push `url` to.

    Every digest is compared, each in constant time. Raises KeyNeeded, KeyUnknown, KeyNotForHost, and SiteNotKnown for
    an address of no site.
    """
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise KeyNeeded
    shown = digest(key.strip()).encode()
    known = [(site, each) for site in sites.sites for each in site.push]
    matching = [(site, each) for site, each in known if hmac.compare_digest(each.key.encode(), shown)]
    if not matching:
        raise KeyUnknown
    site = sites.of(url)
    if site is None:
        raise SiteNotKnown(host=netloc(url) or url[:100])
    if not any(owner is site and _covers(each, url, sites) for owner, each in matching):
        raise KeyNotForHost(host=netloc(url))
    return site


def _covers(key: PushKey, url: str, sites: Sites) -> bool:
    return not key.hosts or sites.origin(netloc(url)) in key.hosts
