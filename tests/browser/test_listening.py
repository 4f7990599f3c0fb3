"""Listening, heard by Chromium with the embedded voice: sound plays, the mark moves, and the page stays the same."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Open, Site
from tests.browser.host import Host
from tests.browser.visit import Visit

MARKED = "[...CSS.highlights.get('sentence') ?? []].map(range => range.startContainer.dataset.s)[0]"
WORD = "[...CSS.highlights.get('word') ?? []].map(range => range.toString()).join('')"
TIME = "document.querySelector('audio').currentTime"
PLAYING = (
    "() => { const a = document.querySelector('audio'); return !a.paused && a.currentTime > 0 && a.readyState > 2 }"
)
TOLD = "for (const kind of ['changdu:sentence', 'changdu-sentence']) document.addEventListener(kind, () => console.info(kind))"
"""Tells of the first sound; Playwright's other ways of looking count as a press of the reader's."""
MADE = 120_000  # milliseconds in which a busy machine speaks three sentences


def _listen(page: Page, name: str = "听") -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_function(PLAYING, timeout=MADE)


@pytest.fixture
def heard(site: Site, open_page: Open) -> Page:
    """The shortest article while it is being read."""
    page = open_page(site.page("notice"))
    _listen(page)
    return page


def _frame(page: Page) -> Any:
    """The page's tree without the player's own state: its button's name, its status, its place."""
    tree = page.locator("body").aria_snapshot()
    return re.sub(r'button "(听|暂停)"|status.*|slider .*', "", tree)


def test_silent_until_asked(site: Site, open_page: Open) -> None:
    page = open_page(site.page("notice"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(500)
    assert not [url for url in asked if "track" in url]
    assert page.evaluate("document.querySelector('audio').paused")


def test_rule_24_sound_plays_and_the_marked_sentence_moves(heard: Page) -> None:
    """Rule 7 too: the mark is a line under the sentence, not only its colour."""
    assert heard.evaluate(MARKED) == "b0.s1"
    before = heard.evaluate(TIME)
    heard.wait_for_function(f"() => {WORD} !== ''")
    heard.wait_for_function(f"() => {MARKED} === 'b1.s1'", timeout=MADE)
    heard.wait_for_function(f"() => '因检修管道，4 月 12 日 9:00 至 16:00 停水。'.includes({WORD})")
    assert heard.evaluate(TIME) != before
    line = "getComputedStyle(document.getElementById('b1.s1'), '::highlight(sentence)').textDecorationLine"
    assert heard.evaluate(line) == "underline"


def test_rule_19_the_tree_is_the_same_before_during_and_after(site: Site, open_page: Open) -> None:
    page = open_page(site.page("notice"))
    page.wait_for_function("() => document.getElementById('listen').player !== undefined")
    before = _frame(page)
    _listen(page)
    assert _frame(page) == before
    page.wait_for_function(f"() => {MARKED} === 'b1.s1'", timeout=MADE)
    assert _frame(page) == before
    page.get_by_role("button", name="暂停").click()
    assert _frame(page) == before


def test_rule_22_back_on_again_and_pause(heard: Page) -> None:
    on, back = heard.get_by_role("button", name="下一句"), heard.get_by_role("button", name="上一句")
    heard.wait_for_function("() => document.getElementById('listen').player.track().state === 'ready'", timeout=MADE)
    heard.get_by_role("heading", level=1).get_by_text("停水通知").click()
    heard.wait_for_function(f"() => {MARKED} === 'b0.s1'")
    on.click()
    heard.wait_for_function(f"() => {MARKED} === 'b1.s1'")
    back.click()
    heard.wait_for_function(f"() => {MARKED} === 'b0.s1'")
    heard.keyboard.press("ArrowRight")
    heard.wait_for_function(f"() => {MARKED} === 'b1.s1'")
    heard.get_by_role("button", name="暂停").click()
    assert heard.evaluate("document.querySelector('audio').paused")
    expect(heard.get_by_role("button", name="听", exact=True)).to_be_visible()


def test_rule_23_a_sentence_is_heard_from_where_it_is_pressed(heard: Page) -> None:
    heard.wait_for_function("() => document.getElementById('listen').player.cues().length >= 4", timeout=MADE)
    heard.get_by_text("请提前储水。").click()
    heard.wait_for_function(f"() => {MARKED} === 'b2.s1'")


def test_rule_25_seek_speaks_plainly(heard: Page) -> None:
    heard.wait_for_function("() => document.getElementById('listen').player.track().state === 'ready'", timeout=MADE)
    heard.get_by_text("更多").click()
    seek = heard.get_by_role("slider", name="进度")
    seek.evaluate("node => { node.value = 2; node.dispatchEvent(new Event('input')); }")
    expect(seek).to_have_attribute("aria-valuetext", re.compile(r"^0 分 \d 秒，共 0 分 \d+ 秒$"))
    seek.evaluate("node => { node.value = 1; node.dispatchEvent(new Event('input')); }")
    expect(seek).to_have_attribute("aria-valuetext", "0 分 1 秒")
    rate = heard.get_by_role("slider", name="语速")
    rate.fill("1.5")
    expect(heard.get_by_role("status")).to_have_text("语速 1.5 倍")
    assert heard.evaluate("document.querySelector('audio').playbackRate") == 1.5


def test_rule_16_the_player_never_hides_the_focus(heard: Page) -> None:
    heard.set_viewport_size({"width": 900, "height": 500})
    covered = []
    for _ in range(40):
        heard.keyboard.press("Tab")
        covered.append(
            heard.evaluate(
                """() => { const node = document.activeElement, box = node.getBoundingClientRect();
                  if (node === document.body || box.bottom < 0 || box.top > innerHeight) return null;
                  const top = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top + 2, 0));
                  return node.contains(top) || top?.contains(node) ? null : node.outerHTML.slice(0, 80); }"""
            )
        )
    assert [cover for cover in covered if cover] == []


def test_marks_fit_the_page_in_another_script(site: Site, open_page: Open) -> None:
    page = open_page(site.page("notice", query="?script=zh-Hant"))
    _listen(page, "聽")
    page.wait_for_function(f"() => {MARKED} === 'b1.s1'", timeout=MADE)
    page.wait_for_function(f"() => {WORD} !== '' && '因檢修管道，4 月 12 日 9:00 至 16:00 停水。'.includes({WORD})")


def test_rule_29_without_scripts_audio_alone(site: Site, open_page: Open) -> None:
    page = open_page(site.page("notice", "accessible", "?size=150"), java_script_enabled=False)
    page.get_by_role("button", name="听").click()
    expect(page).to_have_url(re.compile(r"size=150&track="))
    for _ in range(60):
        again = page.get_by_role("button", name="再看一看")
        if again.count() == 0:
            break
        page.wait_for_timeout(1000)
        again.click()
    audio = page.locator("audio")
    expect(audio).to_have_attribute("src", re.compile(r"^/tracks/\w+\.mp3$"))
    assert audio.get_attribute("controls") is not None
    assert page.request.get(site.url + (audio.get_attribute("src") or "")).ok
    captions = page.request.get(site.url + (audio.locator("track").get_attribute("src") or ""))
    assert captions.text().startswith("WEBVTT")


def test_tools_that_scripts_add(heard: Page) -> None:
    heard.get_by_role("button", name="大字幕").click()
    heard.wait_for_function("() => document.querySelector('.captions p')?.textContent.length > 3")
    heard.get_by_role("button", name="繁体", exact=True).click()
    heard.wait_for_function("() => document.querySelector('.captions p').lang === 'zh-Hant'")
    heard.get_by_role("button", name="十字线").click()
    heard.mouse.move(300, 400)
    assert heard.evaluate("[...document.querySelectorAll('.cross')].map(n => [n.style.top, n.style.left])") == [
        ["400px", ""],
        ["", "300px"],
    ]
    heard.get_by_role("button", name="大鼠标").click()
    heard.wait_for_function("() => getComputedStyle(document.querySelector('article')).cursor.includes('url')")
    heard.reload()
    expect(heard.get_by_role("button", name="十字线")).to_have_attribute("aria-pressed", "true")
    heard.get_by_role("link", name="重置").click()
    expect(heard.get_by_role("button", name="十字线")).to_have_attribute("aria-pressed", "false")


def test_point_reads_one_sentence_and_stops(site: Site, open_page: Open) -> None:
    page = open_page(site.page("notice"))
    page.get_by_role("button", name="指读").click()
    page.get_by_role("button", name="连读").click()
    page.get_by_text("请提前储水。").hover()
    page.wait_for_function(f"() => {MARKED} === 'b2.s1'", timeout=MADE)
    page.wait_for_function("() => document.querySelector('audio').paused", timeout=20_000)
    assert page.evaluate(MARKED) == "b2.s1"


def _held(page: Page) -> list[Route]:
    """The first asking for a track, kept back until the test lets it go."""
    held: list[Route] = []
    page.route("**/tracks", lambda route: route.continue_() if held else held.append(route))
    page.add_init_script(TOLD)
    return held


def _press(button: Locator, held: list[Route]) -> None:
    button.click()
    for _ in range(MADE // 100):
        if held:
            return
        button.page.wait_for_timeout(100)


def test_a_phone_plays_though_the_sound_comes_long_after_the_press(site: Site, open_page: Open) -> None:
    """A press counts five seconds, by Chromium for Android and Safari alike, but for what it has begun to load."""
    page = open_page("about:blank")
    held = _held(page)
    page.goto(site.page("notice"))
    _press(page.get_by_role("button", name="听", exact=True), held)
    page.wait_for_timeout(6_000)
    with page.expect_console_message(lambda said: said.text == "changdu:sentence", timeout=MADE):
        held[0].continue_()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()


def test_a_phone_plays_in_another_page_though_the_sound_comes_late(host: Host, visit: Visit) -> None:
    held = _held(visit.page)
    visit.go(host.page("old"))
    _press(visit.play, held)
    visit.page.wait_for_timeout(6_000)
    with visit.page.expect_console_message(lambda said: said.text == "changdu-sentence", timeout=MADE):
        held[0].continue_()
    expect(visit.play).to_have_text("暂停")


def test_waiting_for_a_sound_can_be_given_up(site: Site, open_page: Open) -> None:
    page = open_page("about:blank")
    held = _held(page)
    page.goto(site.page("notice"))
    listen, pause = (page.get_by_role("button", name=name, exact=True) for name in ("听", "暂停"))
    _press(listen, held)
    pause.click()
    expect(page.get_by_role("status")).to_be_empty()
    held[0].continue_()
    page.wait_for_function("() => document.getElementById('listen').player.track()?.segments.length", timeout=MADE)
    page.wait_for_timeout(500)
    expect(listen).to_be_visible()
    assert page.evaluate("document.querySelector('audio').paused")
    listen.click()
    page.wait_for_function(PLAYING, timeout=MADE)


@pytest.mark.parametrize("controls", [True, False])
def test_a_voice_chosen_while_another_is_awaited_is_the_one_that_reads(
    site: Site, open_page: Open, controls: bool
) -> None:
    """Whether or not the controls are there already, which stop what is read when a voice is chosen."""
    page = open_page("about:blank")
    held = _held(page)
    page.goto(site.page("notice"))
    if controls:
        page.get_by_text("更多").click()
        page.wait_for_function("() => document.getElementById('listen').player.word !== undefined")
    listen = page.get_by_role("button", name="听", exact=True)
    _press(listen, held)
    page.locator("select[name=voice]").select_option("zm_yunyang", force=True)
    if controls:
        listen.click()
    held[0].continue_()
    page.wait_for_function(PLAYING, timeout=MADE)
    page.wait_for_function("() => document.getElementById('listen').player.track().state === 'ready'", timeout=MADE)
    assert page.evaluate("document.getElementById('listen').player.track().voice.id") == "zm_yunyang"


def test_waiting_for_a_sound_can_be_given_up_in_another_page(host: Host, visit: Visit) -> None:
    held = _held(visit.page)
    visit.go(host.page("old"))
    _press(visit.play, held)
    expect(visit.play).to_have_text("暂停")
    expect(visit.status).to_have_text("正在准备朗读，请稍等。")
    visit.play.click()
    expect(visit.play).to_have_text("听")
    expect(visit.status).to_be_empty()
    held[0].continue_()
    visit.until("document.querySelector('changdu-player').track?.segments.length > 0")
    assert visit.page.evaluate("window.audios.every((audio) => audio.paused)")


def test_a_voice_chosen_by_the_page_while_another_is_awaited_is_the_one_that_reads(host: Host, visit: Visit) -> None:
    held = _held(visit.page)
    visit.go(host.page("old"))
    _press(visit.play, held)
    visit.page.evaluate("document.querySelector('changdu-player').setAttribute('voice', 'zm_yunyang')")
    visit.listen().ready()
    with visit.page.expect_response("**/tracks"):
        held[0].continue_()
    visit.page.wait_for_timeout(500)
    assert visit.page.evaluate("document.querySelector('changdu-player').track.voice.id") == "zm_yunyang"


def test_the_page_stays_where_a_reader_went_by_tab(heard: Page) -> None:
    """Sentences are shown as they are read, but not while somebody looks elsewhere."""
    heard.wait_for_function("() => document.getElementById('listen').player.track().state === 'ready'", timeout=MADE)
    heard.set_viewport_size({"width": 900, "height": 300})
    heard.keyboard.press("Tab")
    heard.wait_for_timeout(700)  # what has the focus is scrolled to
    heard.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    heard.evaluate("document.getElementById('listen').player.read('b2.s1')")
    heard.wait_for_function(f"() => {MARKED} === 'b2.s1'", timeout=MADE)
    heard.wait_for_timeout(500)
    assert heard.evaluate("scrollY") == 0
