"""Rendered pages in the store."""

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.blobs.pages import StoredPages, press
from service.blobs.store import Blobs


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_both_forms_are_the_same_page_and_the_validator_is_that_of_its_bytes(html: str) -> None:
    page = press(html)
    assert page.html == brotli.decompress(page.brotli) == html.encode()
    assert page.etag == press(html).etag != press(html + " ").etag


@pytest.mark.anyio
async def test_a_page_is_there_whole_or_not_at_all_and_goes_with_its_article() -> None:
    blobs = Blobs("memory://")
    pages = StoredPages(blobs)
    kept = await pages.put("a1/elder.x", "<p>一")
    assert await pages.get("a1/elder.x") == kept
    other = await pages.put("a12/elder.x", "<p>二")
    await blobs.delete("pages/a12/elder.x.html.br")
    assert await pages.get("a12/elder.x") is None
    assert await pages.put("a12/elder.x", "<p>二") == other
    await pages.forget("a1")
    assert await pages.get("a1/elder.x") is None
    assert await pages.get("a12/elder.x") == other
