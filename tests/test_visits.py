"""Visits: what is remembered of an address, for how long, and by which rules."""

import pytest

from service.blobs.store import Blobs
from service.intake.freshness import Lifetime, Validators
from service.intake.opening import Leaf, Opened
from service.profiles import parse
from service.sites import Sites
from service.visits import Visits

pytestmark = pytest.mark.anyio
URL = "https://www.chengnan.example/news/1.html"
PROFILE = 'name = "城南区"\nhosts = ["www.chengnan.example"]\n'


def opened(seconds: int | None = None, *, storable: bool = True) -> Opened:
    leaf = Leaf(address=URL, validators=Validators(etag='"1"'), lifetime=Lifetime(seconds=seconds))
    return Opened(url=URL + "?to", article=None, leaves=(leaf,), storable=storable)


@pytest.mark.parametrize(
    ("said", "ours", "fresh"), [(None, 300, True), (None, 0, False), (3600, 0, True), (0, 300, False)]
)
async def test_a_page_is_fresh_for_as_long_as_its_source_says_or_else_as_the_service_does(
    said: int | None, ours: int, fresh: bool
) -> None:
    visits = Visits(Blobs("memory://"), Sites(()), ours)
    await visits.put(URL, "a1", opened(said))
    visit = await visits.get(URL)
    assert visit is not None
    assert (visit.article, visit.url, visits.fresh(visit)) == ("a1", URL + "?to", fresh)


async def test_what_may_not_be_kept_or_is_not_whole_replaces_what_was_remembered_by_nothing() -> None:
    visits = Visits(Blobs("memory://"), Sites(()), 300)
    for gone in (opened(storable=False), Opened(url=URL, article=None, leaves=(), storable=True)):
        await visits.put(URL, "a1", opened())
        await visits.put(URL, "a1", gone)
        assert await visits.get(URL) is None


async def test_a_site_with_another_profile_has_not_been_visited() -> None:
    blobs = Blobs("memory://")
    before = Visits(blobs, Sites((parse(PROFILE, "a.toml"),)), 300)
    await before.put(URL, "a1", opened())
    assert await before.get(URL) is not None
    after = Visits(blobs, Sites((parse(PROFILE + '[select]\nbody = "#zoom"\n', "a.toml"),)), 300)
    assert await after.get(URL) is None
    await before.forget(URL)
    assert await before.get(URL) is None
