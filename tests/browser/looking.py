"""What the rules' tests ask of a page that is open."""

import re
import zlib

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


def wear(page: Page, **choices: str) -> None:
    """Changes a scheme, size or spacing in the page as it is: `tests/web/test_choices.py` holds that the server's page
    with that choice is no other, so that one page can be looked at in all of them."""
    page.evaluate(
        """choices => {
          Object.assign(document.documentElement.dataset, choices);
          for (const [name, value] of Object.entries(choices))
            for (const link of document.querySelectorAll(`.choice[data-${name}]`))
              if (link.dataset[name] === value) link.setAttribute("aria-current", "true");
              else link.removeAttribute("aria-current");
        }""",
        choices,
    )


def painted(page: Page, selector: str, x: float = 1, y: float = 1) -> str:
    """The colour that a screenshot shows at a point of the first such element, from its top left corner."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    image = page.screenshot(clip={"x": box["x"] + x, "y": box["y"] + y, "width": 1, "height": 1}, full_page=True)
    data, place = b"", 8
    while place < len(image):  # a PNG is chunks: length, name, data, checksum
        length = int.from_bytes(image[place : place + 4])
        if image[place + 4 : place + 8] == b"IDAT":
            data += image[place + 8 : place + 8 + length]
        place += 12 + length
    return zlib.decompress(data)[1:4].hex()


GROUND = "getComputedStyle(document.documentElement).backgroundColor"
"""The colour of the page's paper."""
