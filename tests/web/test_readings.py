"""Doubtful readings over HTTP, and a listener's correction from the request to the page and the voice."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from service import cli
from tests.web.service import serving, settings

TEXT = "长孙先生到访\n\n他长得很高，2024年单先生和他在重阳节见面。银行的行长也来了。"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lexicon").mkdir()
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[httpx2.Client]:
    with serving(settings(folder / "store", corrections="5/hour", lexicon=str(folder / "lexicon"))) as client:
        yield client


def article(client: httpx2.Client, text: str = TEXT) -> str:
    return str(client.post("/articles", content=text.encode(), headers=PLAIN).json()["id"])


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("CHANGDU_STORE", str(folder / "store"))
    monkeypatch.setenv("CHANGDU_LEXICON", str(folder / "lexicon"))
    return cli.main(["readings", *words])


def test_doubtful_readings_are_listed_where_they_are_written(client: httpx2.Client) -> None:
    answer = client.get(f"/articles/{article(client)}/readings").json()
    found = {(one["character"], one["why"]): one for one in answer["readings"]}
    long, single = found["长", "close"], found["单", "name"]
    assert long["text"][long["start"] : long["end"]] == "长"
    assert set(long["choices"]) == {"zhang3", "chang2"}
    assert single["text"][single["start"] : single["end"] + 2] == "单先生"
    assert (single["reading"], single["sentence"]) == ("shan4", long["sentence"])
    assert not any(one["word"] == "银行" for one in answer["readings"])


def test_an_article_in_english_has_none(client: httpx2.Client) -> None:
    id = article(client, "A walk\n\nWe walked along the river and had a rest in the park with all our friends.")
    assert client.get(f"/articles/{id}/readings").json() == {"article": id, "readings": []}


def test_a_correction_is_queued_taken_and_read(
    client: httpx2.Client, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    id = article(client)
    body = {"word": "重阳节", "reading": "zhòng yáng jié", "note": '引号"和\n换行'}
    queued = client.post(f"/articles/{id}/readings", json=body)
    assert (queued.status_code, queued.json()["reading"]) == (202, "zhong4 yang2 jie2")
    assert client.post(f"/articles/{id}/readings", json=body).json()["id"] == queued.json()["id"]
    assert "zhòng" not in client.get(f"/articles/{id}/elder?pinyin=on&size=31").text
    assert editor(folder, monkeypatch) == 0
    (line,) = capsys.readouterr().out.splitlines()
    number = line.split()[0]
    assert re.search("重阳节 .*zhong4 yang2 jie2.*长孙先生到访", line)
    assert editor(folder, monkeypatch, "--accept", number) == 0
    assert (folder / "lexicon" / f"{id}.toml").is_file()
    assert editor(folder, monkeypatch, "--accept", number) == 1
    assert editor(folder, monkeypatch) == 0
    assert capsys.readouterr().out.splitlines()[1:] == []


def test_what_was_accepted_is_read(
    client: httpx2.Client, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    id = article(client)
    for word, reading in (("重阳节", "zhòng yáng jié"), ("长孙", "cháng sūn")):
        one = client.post(f"/articles/{id}/readings", json={"word": word, "reading": reading}).json()["id"]
        assert editor(folder, monkeypatch, "--accept", one) == 0
    page = client.get(f"/articles/{id}/elder?pinyin=on").text
    assert re.search(r"重<r[tp].*?>zhòng", page)
    doubts = client.get(f"/articles/{id}/readings").json()["readings"]
    assert [one["word"] for one in doubts if one["character"] == "长" and one["word"].startswith("长孙")] == []


def test_no_page_made_after_a_change_has_the_words_of_before(client: httpx2.Client, folder: Path) -> None:
    """Another view of the same text has just been made, and of the new page it is told what is stored for good."""
    id = article(client)
    assert not re.search(r"重<r[tp].*?>zhòng", client.get(f"/articles/{id}/elder?pinyin=on&size=31").text)
    assert "鎮" not in client.get(f"/articles/{id}/elder?script=zh-Hant&size=31").text
    (folder / "lexicon" / f"{id}.toml").write_text(
        '[[word]]\nword = "重阳节"\nreading = "zhòng yáng jié"\n\n'
        '[[word]]\nword = "行长"\nforms = { "zh-Hant" = "鎮長" }\n',
        "utf-8",
    )
    assert re.search(r"重<r[tp].*?>zhòng", client.get(f"/articles/{id}/elder?pinyin=on").text)
    assert "鎮" in client.get(f"/articles/{id}/elder?script=zh-Hant").text


def test_a_refused_correction_is_gone(
    client: httpx2.Client, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    id = article(client)
    one = client.post(f"/articles/{id}/readings", json={"word": "长孙", "reading": "cháng sūn"}).json()["id"]
    assert editor(folder, monkeypatch, "--refuse", one) == 0
    assert editor(folder, monkeypatch) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"{", 400, "bad-request"),
        (b'{"word": "\xe9\x95\xbf\xe5\xad\x99"}', 400, "bad-request"),
        ('{"word": "别处", "reading": "bié chù"}'.encode(), 422, "not-in-article"),
        (b'{"word": "2024", "reading": ""}', 422, "not-in-article"),
        (b'{"word": "", "reading": ""}', 422, "not-in-article"),
        ('{"word": "长孙", "reading": "cháng"}'.encode(), 422, "bad-reading"),
        ('{"word": "长孙", "reading": "<script>"}'.encode(), 422, "bad-reading"),
        ('{"word": "长孙", "reading": "cháng sūn", "reader": "x"}'.encode(), 400, "bad-request"),
    ],
)
def test_what_cannot_be_a_correction_is_told(client: httpx2.Client, body: bytes, status: int, slug: str) -> None:
    answer = client.post(f"/articles/{article(client)}/readings", content=body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


def test_one_address_may_not_propose_without_end(client: httpx2.Client) -> None:
    id = article(client)
    answers = [client.post(f"/articles/{id}/readings", json={"word": "长孙", "reading": "cháng sūn"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    seconds = int(answers[-1].headers["retry-after"])
    assert 0 < seconds <= 3600
    assert f"请过 {-(-seconds // 60)} 分钟再提" in answers[-1].json()["zh"]


def test_off_unless_it_is_switched_on(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as client:
        answer = client.post(f"/articles/{article(client)}/readings", json={"word": "长孙", "reading": "cháng sūn"})
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/corrections-off")
        assert client.get("/articles/none/readings").status_code == 404
