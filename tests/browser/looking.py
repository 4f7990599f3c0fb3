"""What the rules' tests ask of a page that is open."""

import re

from playwright.sync_api import Locator, Page


def follow(page: Page, link: Locator) -> None:
    """Press a link or button of a page without scripts, and wait for where it leads."""
    with page.expect_navigation(wait_until="load"):
        link.click()


def px(page: Page, selector: str, name: str) -> float:
    """A length of the first such element, as computed."""
    return float(page.locator(selector).first.evaluate(f"node => parseFloat(getComputedStyle(node).{name})"))


def style(page: Page, selector: str, name: str) -> str:
    """A property of the first such element, as computed."""
    return str(page.locator(selector).first.evaluate(f"node => getComputedStyle(node).{name}"))


def hex_of(colour: str) -> str:
    """`rgb(0, 33, 122)` as `00217a`."""
    return "".join(f"{int(channel):02x}" for channel in re.findall(r"\d+", colour)[:3])


GROUND = "getComputedStyle(document.documentElement).backgroundColor"
"""The colour of the page's paper."""
