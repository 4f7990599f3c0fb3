"""One store under several versions of Changdu, and after a power cut: nobody is served stale, half or newer work."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.app import House, build
from service.intake.document import Document
from service.settings import resources
from service.web.pages import Pages
from service.web.preferences import Choices
from service.web.views import Views
from tests.web.service import serving, settings

pytestmark = pytest.mark.anyio

NOTICE = Document(body="通知\n\n今天下雨，书法课改在二楼教室上，请大家带好雨伞。".encode(), media_type="text/plain")
ELDER = Choices(view="elder", script="zh-Hans")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    opened = build(settings(tmp_path / "store"))
    yield opened
    await opened.close()


def empty(folder: Path) -> int:
    """Leave of every file its name only, as a power cut does; how many they were."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(b"")
    return len(files)


async def test_two_versions_on_one_store_serve_each_their_own_pages(house: House, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(resources("templates"), templates)
    (templates / "newer.txt").write_text("a version that differs by one file")
    id = (await house.library.add(NOTICE)).article.id
    old = Views(house.library, house.pages, house.studio)
    new = Views(house.library, Pages(templates, "", house.sites), house.studio)
    for views in (old, new, old, new):
        await views.store(id, ELDER)
    assert old.sources == new.sources == {"made": 1, "store": 1}
    assert len(await house.blobs.keys(f"pages/{id}/")) == 4  # each with its compressed form


async def test_an_article_and_a_page_that_a_power_cut_emptied_are_made_again(house: House, tmp_path: Path) -> None:
    id = (await house.library.add(NOTICE)).article.id
    views = Views(house.library, house.pages, house.studio)
    await views.store(id, ELDER)
    assert empty(tmp_path / "store") >= 3
    again = await house.library.add(NOTICE)
    assert (again.article.id, again.new) == (id, True)
    await views.store(id, ELDER)
    assert views.sources == {"made": 2}
    assert all([await house.blobs.size(key) for key in await house.blobs.keys(f"pages/{id}/")])


def test_a_reader_of_what_a_newer_version_stored_is_told(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as client:
        headers = {"Content-Type": "text/plain"}
        id = client.post("/articles", content=NOTICE.body, headers=headers).json()["id"]
        stored = tmp_path / "articles" / id[:2] / f"{id}.json"
        stored.write_text(stored.read_text().replace('"blocks":[{"type":"', '"blocks":[{"type":"newer-'))
        told = client.get(f"/articles/{id}")
        assert (told.status_code, told.json()["type"]) == (503, "/problems/stored-by-newer")
        assert int(told.headers["retry-after"]) > 0
