"""The command line: what each command prints and writes, and how it fails."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service import cli
from service.speech.frames import duration_ms, whole_frames

NOTICE = """社区图书馆春节开放时间

来源: 城南社区 时间: 2024-02-01 09:30

春节期间，图书馆照常开放。请带好借书证，从东门进馆。
"""


@pytest.fixture
def notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHANGDU_STORE", str(tmp_path / "store"))
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "service.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)


@pytest.mark.parametrize("form", ["json", "text", "html", "markdown"])
def test_an_article_in_every_format(notice: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert cli.main(["article", str(notice), "--format", form]) == 0
    out = capsys.readouterr().out
    assert "请带好借书证，从东门进馆。" in out
    if form == "json":
        article = json.loads(out)
        assert article["text"] == "春节期间，图书馆照常开放。请带好借书证，从东门进馆。"
        assert article["published"] == "2024-02-01T09:30+08:00"
    if form == "html":
        assert out.lower().startswith("<!doctype html>")


def test_standard_input_is_a_source() -> None:
    done = run("article", "-", "--format", "text", stdin="<p>今天天气很好，我们去公园散步。</p>".encode())
    assert done.stdout.decode() == "今天天气很好，我们去公园散步。\n"


def test_what_only_looks_into_the_store_ends_well_each_time(notice: Path) -> None:
    """obstore aborts most interpreters that end right after it has answered."""
    assert [run("readings").returncode for _ in range(5)] == [0] * 5
    refused = run("readings", "--refuse", "nothing")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "没有编号为“nothing”的读音更正" in refused.stderr.decode()


def test_spoken_gives_a_syllable_for_each_character(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice.write_text("通知\n\n电话12345，2024年3月1日起用。\n\n银行行长在行走。", encoding="utf-8")
    assert cli.main(["spoken", str(notice)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1]["text"] == "银行行长在行走。"
    assert lines[-1]["pinyin"] == ["yin2", "hang2", "hang2", "zhang3", "zai4", "xing2", "zou3"]
    said = "".join(line["spoken"] for line in lines)
    assert "二零二四年三月一日" in said
    assert not any(character.isdigit() and character.isascii() for character in said)
    for line in lines:
        assert len(line["pinyin"]) == sum(
            "一" <= character <= "鿿" or character == "〇" for character in line["spoken"]
        )


@pytest.mark.parametrize(
    ("script", "written"), [("zh-Hant-TW", "頭髮和發展"), ("zh-Hant", "頭髮和發展"), ("zh-Hans", "头发和发展")]
)
def test_convert(script: str, written: str) -> None:
    assert run("convert", "--script", script, stdin="头发和发展\n".encode()).stdout.decode() == written + "\n"


def test_convert_lists_its_doubts_and_takes_a_lexicon(tmp_path: Path) -> None:
    doubts = run("convert", "--script", "zh-Hant", "--doubts", stdin="笔被发明过".encode()).stdout
    assert [json.loads(line)["other"] for line in doubts.splitlines()] == ["髮明"]
    words = tmp_path / "words.toml"
    words.write_text('[[word]]\nword = "发布"\nforms = { zh-Hant = "發布" }\n', encoding="utf-8")
    command = ("convert", "--script", "zh-Hant-TW", "--lexicon", str(words))
    assert run(*command, stdin="发布".encode()).stdout.decode() == "發布"
    words.write_text("[[word]]\n", encoding="utf-8")
    assert run(*command, stdin="发布".encode()).returncode == 1


def test_voices_marks_the_default_and_the_online_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["voices"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("*") for line in lines) == 1
    assert any("online" in line for line in lines)


def test_check_is_content_here(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert "MISSING" not in capsys.readouterr().out


def test_check_says_what_is_missing(
    notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CHANGDU_STORE", str(tmp_path / "file"))
    assert cli.main(["check"]) == 1
    assert "set CHANGDU_STORE" in capsys.readouterr().out


def test_read_writes_a_folder_that_opens_from_disk(notice: Path, tmp_path: Path) -> None:
    done = run("read", str(notice), "-o", str(tmp_path / "out"), "--script", "zh-Hant")
    assert done.returncode == 0, done.stderr.decode()
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"index.html", "accessible.html", "audio.mp3", "timeline.json", "captions.vtt", "article.json"}
    timeline = json.loads((tmp_path / "out" / "timeline.json").read_text())
    assert timeline["state"] == "ready"
    audio = (tmp_path / "out" / "audio.mp3").read_bytes()
    assert duration_ms(whole_frames(audio)) == pytest.approx(timeline["duration_ms"], abs=100)
    assert "請帶好借書證" in (tmp_path / "out" / "captions.vtt").read_text()
    assert "請帶好借書證" in (tmp_path / "out" / "index.html").read_text()
    assert b"sentences" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["article", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["article", "http://127.0.0.1/"], 1, "CHANGDU_FETCH_ALLOW"),
        (["read", "{notice}", "-o", "{out}", "--voice", "nobody"], 2, "nobody"),
        (["read", "{notice}"], 2, "-o"),
        (["convert", "--script", "klingon"], 2, "klingon"),
        ([], 2, "COMMAND"),
    ],
)
def test_failures_say_what_to_do(notice: Path, tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    out = tmp_path / "out"
    filled = [argument.format(notice=notice, out=out) for argument in arguments]
    done = run(*filled)
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not out.exists() or not list(out.iterdir())


def test_a_wrong_setting_is_a_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGDU_PORT", "many")
    assert cli.main(["voices"]) == 2


def _hears_control_c() -> None:
    """What runs in the background of a shell, as these tests may, is made deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_control_c_leaves_no_half_file(notice: Path, tmp_path: Path) -> None:
    notice.write_text(
        NOTICE + "\n\n".join(f"这第{n}句话要读很久很久，请大家耐心地听。" for n in range(60)), encoding="utf-8"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-m", "service.cli", "read", str(notice), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_hears_control_c)
    assert process.stderr is not None
    process.stderr.readline()
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Stopped" in errors.decode()
    assert not out.exists() or not list(out.iterdir())


def test_a_service_whose_own_voice_is_not_there_does_not_start(
    notice: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHANGDU_VOICE", "nobody")
    assert cli.main(["read", str(notice), "-o", str(notice.parent / "out")]) == 2
    assert "CHANGDU_VOICE=nobody" in capsys.readouterr().err
    assert cli.main(["voices"]) == 0
