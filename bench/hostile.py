"""Hostile pages: the processor time each extractor takes for them and its most memory, each in a process of its own.

Run by `bench.extraction`; `python -m bench.hostile EXTRACTOR PAGE` is one such process.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.extractors import ReadabilityJs, ReadabilityLxml, Trafilatura
from service.article import body_text
from service.errors import ChangduError
from service.intake.document import Document
from service.intake.reader import read

_SECONDS = 60
_SENTENCE = "The committee met on Tuesday and agreed, after a long debate, to open the library on Sundays. "


def _many_paragraphs() -> str:
    return "".join(f"<p>{number}: {_SENTENCE[:55]}</p>\n" for number in range(20_000))


def _deep() -> str:
    return "<div>" * 5000 + f"<p>{_SENTENCE * 5}</p>" + "</div>" * 5000


def _one_line() -> str:
    return f"<p>{_SENTENCE * (10_000_000 // len(_SENTENCE))}</p>"


PAGES: dict[str, Callable[[], str]] = {
    "20,000 paragraphs": _many_paragraphs,
    "5,000 deep": _deep,
    "10 MB in a line": _one_line,
}


def cost(extractor: str, page: str) -> str:
    """Seconds, MB and the letters found, as a cell of a table; how it failed where it did."""
    command = [sys.executable, "-m", "bench.hostile", extractor, page]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"over {_SECONDS} s"
    if done.returncode:
        return "killed" if done.returncode < 0 else done.stderr.strip().splitlines()[-1].partition(":")[0][:24]
    said = json.loads(done.stdout)
    return f"{said['seconds']:.2f} s {said['megabytes']:.0f} MB" + ("" if said["letters"] else " empty")


def _changdu(html: str) -> str:
    try:
        return body_text(read(Document(body=html.encode(), media_type="text/html", charset="utf-8")).blocks)
    except ChangduError:
        return ""


def _readability_js(html: str) -> str:
    with ReadabilityJs() as extractor:
        return extractor.find(html, "").text


_WAYS: dict[str, Callable[[str], str]] = {
    "Changdu": _changdu,
    "trafilatura": lambda html: Trafilatura().find(html, "").text,
    "readability-lxml": lambda html: ReadabilityLxml().find(html, "").text,
    "Readability.js": _readability_js,
}


def main(extractor: str, page: str) -> None:
    html = f"<html><head><title>A long page</title></head><body><article>{PAGES[page]()}</article></body></html>"
    start = _seconds()
    text = _WAYS[extractor](html)
    print(json.dumps({"seconds": _seconds() - start, "megabytes": _megabytes(), "letters": len(text)}))


def _seconds() -> float:
    """Of this process and of those it waited for."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _megabytes() -> float:
    """The most this process or one that it waited for had resident; `ru_maxrss` of itself would count its parent's."""
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
