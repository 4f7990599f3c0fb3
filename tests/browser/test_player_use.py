"""What a reader does with the player in another site's page, and what it says where something does not fit."""

import re

from playwright.sync_api import Browser, expect

from service.text.scripts import convert_text
from tests.browser import engines
from tests.browser.conftest import Open
from tests.browser.host import HOSTS, Host
from tests.browser.visit import Visit

LAST = "晚上八点有灯会"


def test_rule_23_a_sentence_of_the_page_is_pressed_or_selected(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().ready()
    visit.press(LAST)
    visit.until_marked(LAST)
    visit.player.get_by_text("更多").click()
    selected = visit.page.get_by_text("9月20日开幕")
    selected.select_text()
    visit.control("selection").click()
    visit.until_marked("9月20日开幕")
    visit.until("document.querySelector('changdu-player').paused")
    assert not visit.marked.startswith("带老人")


def test_rule_22_back_on_again_by_paragraph_and_by_keys(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().from_the_start()
    visit.player.get_by_text("更多").click()
    visit.control("on_paragraph").click()
    visit.until_marked("一年一度")
    visit.control("on").click()
    visit.until_marked("江边风大")
    visit.play.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.until_marked("9月20日")
    visit.page.keyboard.press("ArrowLeft")
    visit.until_marked("江边风大")
    visit.page.keyboard.press("Space")
    expect(visit.play).to_have_text("听")
    visit.control("rate").focus()
    visit.page.keyboard.press("Space")
    expect(visit.play).to_have_text("暂停")
    visit.control("again").click()
    visit.until_marked("江边风大")


def test_rule_25_what_the_sliders_say(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().ready()
    visit.control("on").click()  # from here on it is the whole sound that is played
    seek = visit.control("seek")
    expect(seek).to_be_enabled()
    seek.fill("9")
    expect(seek).to_have_attribute("aria-valuetext", re.compile(r"^0 分 9 秒，共 0 分 \d+ 秒$"))
    seek.fill("8")
    expect(seek).to_have_attribute("aria-valuetext", "0 分 8 秒")
    visit.player.get_by_text("更多").click()
    visit.control("rate").fill("1.5")
    expect(visit.status).to_have_text("语速 1.5 倍")
    assert visit.page.evaluate("window.audios[0].playbackRate") == 1.5
    visit.control("volume").fill("0.3")
    assert visit.page.evaluate("window.audios[0].volume") == 0.3


def test_the_place_is_remembered_and_the_sound_has_a_name(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().ready()
    visit.press(LAST)
    visit.until_marked(LAST)
    visit.page.reload()
    visit.listen()
    visit.until_marked(LAST)
    visit.ready()
    visit.player.get_by_text("更多").click()
    with visit.page.expect_download() as download:
        visit.control("download").click()
    assert download.value.suggested_filename == "今年的桂花节改在江边办.mp3"


def test_marks_come_back_after_the_page_has_put_its_text_anew(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().from_the_start()
    visit.page.evaluate("{ const old = document.querySelector('.TRS_Editor'); old.replaceWith(old.cloneNode(true)); }")
    visit.control("on").click()
    visit.until_marked("一年一度")


def test_a_page_in_the_other_script_is_marked(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().ready()
    article = visit.page.evaluate("document.querySelector('changdu-player').track.article")
    simplified = (HOSTS / "cms.html").read_text(encoding="utf-8")
    traditional = convert_text(simplified.replace("zh-CN", "zh-TW"), "zh-Hans", "zh-Hant").text
    host.changes = {
        simplified.replace("SERVICE", host.service): traditional.replace("SERVICE", host.service).replace(
            "<changdu-player>", f'<changdu-player article="{article}">'
        )
    }
    visit.go(host.page("cms"))
    host.changes = {}
    visit.listen().from_the_start()
    visit.control("on").click()
    visit.until_marked("一年一度的桂花節")


def test_a_text_that_has_changed_is_said_and_made_again(host: Host, browser: Browser) -> None:
    """In a browser that does not ask for everything anew, as one with intercepted requests does."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    visit = Visit(context.new_page())
    visit.go(host.page("cms")).listen().ready()
    host.changes = {LAST: "晚上九点才有灯会"}
    visit.go(host.page("cms")).listen()
    expect(visit.status).to_have_text("有 1 句改过，没有标记。")
    visit.control("remake").click()
    visit.until("document.querySelector('changdu-player').track?.sentences['b5.s1'] === '晚上九点才有灯会。'")
    host.changes = {}
    visit.ready()
    expect(visit.status).to_have_text("")
    expect(visit.control("remake")).to_be_hidden()
    visit.press("晚上九点")
    visit.until_marked("晚上九点才有灯会")
    context.close()


def test_a_page_without_an_article_says_so(host: Host, visit: Visit) -> None:
    visit.go(host.page("none"))
    visit.play.click()
    expect(visit.status).to_contain_text("没有找到", timeout=60_000)
    expect(visit.play).to_have_text("听")


def test_the_service_down_is_said_and_the_page_stays(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms"))
    before = visit.page.evaluate("document.documentElement.outerHTML")
    visit.page.route("**/articles", lambda route: route.abort())
    visit.play.click()
    expect(visit.status).to_have_text("朗读服务现在用不了，请稍后再试。")
    expect(visit.play).to_have_text("听")
    assert visit.page.evaluate("document.documentElement.outerHTML") == before


def test_of_two_players_one_speaks(host: Host, visit: Visit) -> None:
    twice = f'<changdu-player></changdu-player><changdu-player src="{host.page("weixin")}"></changdu-player>'
    host.changes = {"<changdu-player></changdu-player>": twice}
    visit.go(host.page("cms")).listen()
    host.changes = {}
    second = visit.page.locator("changdu-player").nth(1)
    second.get_by_role("button").first.click()
    expect(visit.play).to_have_text("听")
    visit.until("!document.querySelectorAll('changdu-player')[1].paused && window.audios.some((one) => !one.paused)")
    assert visit.page.evaluate("window.audios.filter((one) => !one.paused).length") == 1
    expect(second.get_by_role("status")).to_have_text("朗读与本页对不上，不作标记。", timeout=60_000)


def test_without_scripts_there_is_a_link(host: Host, open_page: Open) -> None:
    page = open_page(host.page("strict"), java_script_enabled=False)
    expect(page.get_by_role("link", name="Listen")).to_be_visible()


def test_in_a_frame_it_makes_itself_room_and_shows_what_it_says(host: Host, visit: Visit) -> None:
    visit.go(host.page("cms")).listen().ready()
    host.changes = {"ARTICLE": visit.page.evaluate("document.querySelector('changdu-player').track.article")}
    visit.page.goto(host.page("frame"))
    host.changes = {}
    frame = visit.page.frame_locator("iframe")
    frame.get_by_role("button", name="听", exact=True).click()
    expect(frame.locator(".caption")).to_have_text("今年的桂花节改在江边办", timeout=60_000)
    frame.get_by_text("文字", exact=True).click()
    inner = visit.page.frames[1]
    room = "document.documentElement.getBoundingClientRect().height"
    visit.until(f"Math.abs(document.querySelector('iframe').height - {inner.evaluate(room)}) < 2")
    assert engines.axe(visit.page) == []
    visit.page.goto(f"{host.service}/embed/{inner.url.rpartition('/')[2]}")
    assert engines.axe(visit.page) == []
    assert engines.ibm(visit.page) == []
