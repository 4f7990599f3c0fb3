"""Preparing a back catalogue: everything a list names, once, in the store or as files, and on from where it stopped."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from service.app import build
from service.errors import NoAddresses
from service.prepare import Order, Preparation, Prepared
from service.settings import Settings
from tests.speech.openai_server import SpeechServer
from tests.web.service import settings

pytestmark = pytest.mark.anyio


class Origin:
    """A site with a sitemap of its articles; `broken` paths give 500."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.broken = {"/3"}
        self.url = ""
        self.port = 0
        self.speech = ""

    def settings(self, folder: Path) -> Settings:
        """Those of a Changdu that may open this site and is spoken for by a server of tones."""
        opened = {"fetch_allow": "127.0.0.1", "fetch_ports": str(self.port)}
        return settings(folder, **opened, openai_url=self.speech, openai_voices="alloy")

    async def answer(self, request: web.Request) -> web.Response:
        self.times[request.path] += 1
        if request.path == "/sitemap.xml":
            places = "".join(f"<url><loc>{self.url}/{n}</loc></url>" for n in (1, 2, 3))
            return web.Response(text=f"<urlset>{places}</urlset>", content_type="application/xml")
        if request.path in self.broken:
            return web.Response(status=500)
        title = f"第{request.path[1:]}号通知"
        body = f"<h1>{title}</h1><p>社区学校{title}，请各位学员带好课本，准时到教室上课，不要迟到。</p>"
        return web.Response(text=f"<title>{title}</title><article>{body}</article>", content_type="text/html")


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    site = Origin()
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    async with TestServer(application) as server, SpeechServer().running() as speech:
        site.url, site.port, site.speech = f"http://127.0.0.1:{server.port}", server.port or 0, speech.url
        yield site


async def prepare(origin: Origin, folder: Path, order: Order) -> tuple[list[Prepared], list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    house = build(origin.settings(folder))
    try:
        preparation = Preparation(house, order, lambda _, count, total: told.append((count, total)))
        return await preparation.run(f"{origin.url}/sitemap.xml"), told
    finally:
        await house.close()


def kinds(store: Path) -> set[str]:
    """View and script of each page that is stored."""
    return {".".join(path.name.split(".")[:2]) for path in store.rglob("*.html")}


async def test_everything_listed_is_prepared_and_failures_are_tried_again(origin: Origin, tmp_path: Path) -> None:
    order = Order(scripts=(None, "zh-Hant"), sound=False, rate=100)
    done, told = await prepare(origin, tmp_path, order)
    assert [(each.title, bool(each.problem)) for each in done] == [
        ("第1号通知", False),
        ("第2号通知", False),
        ("", True),
    ]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert kinds(tmp_path) == {"elder.source", "accessible.source", "elder.zh-Hant", "accessible.zh-Hant"}
    origin.broken.clear()
    again, _ = await prepare(origin, tmp_path, order)
    assert [each.problem for each in again] == ["", "", ""]
    assert (origin.times["/1"], origin.times["/3"]) == (1, 2)


async def test_static_files_open_from_a_list_page(origin: Origin, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done, _ = await prepare(origin, tmp_path / "store", Order(folder=out, rate=100, voice="openai-alloy"))
    assert [each.title for each in done if not each.problem] == ["第1号通知", "第2号通知"], done
    index = (out / "index.html").read_text(encoding="utf-8")
    folders = sorted(path for path in out.iterdir() if path.is_dir())
    assert len(folders) == 2
    for folder in folders:
        assert f'href="{folder.name}/index.html"' in index
        assert (folder / "audio.mp3").stat().st_size > 1000
        assert json.loads((folder / "timeline.json").read_bytes())["state"] == "ready"


async def test_a_list_of_nothing_is_told(origin: Origin, tmp_path: Path) -> None:
    house = build(origin.settings(tmp_path))
    (tmp_path / "list.txt").write_text("没有网址\n", encoding="utf-8")
    try:
        with pytest.raises(NoAddresses):
            await Preparation(house, Order(), lambda *_: None).run(str(tmp_path / "list.txt"))
    finally:
        await house.close()
