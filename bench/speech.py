"""Speech, measured: everything that it should reach, each part beside a peer where there is one.

Run: `python -m bench.speech ARTICLE.txt [PART ...] [--corpus FOLDER] [--judge PYTHON JUDGE.py]`, for all parts or those
named. Each runs in a process of its own, so that one that fails or hangs takes no other with it.
"""

import argparse
import asyncio
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from bench import arrangements, changes, cues, edge, listening, polyphones, speech_text, voices
from bench.cluster import end_with_parent
from bench.setup import ROOT, Setup
from bench.table import Row

_PATIENCE = 1800  # seconds for one part
PARTS: dict[str, Callable[[Setup], Iterator[Row] | AsyncIterator[Row]]] = {
    "forms": speech_text.forms,
    "polyphones": polyphones.measure,
    "syllables": voices.syllables,
    "cues": cues.measure,
    "first": listening.first,
    "whole": arrangements.measure,
    "pages": listening.pages,
    "changes": changes.measure,
    "cost": speech_text.cost,
    "loudness": voices.loudness,
    "edge": edge.measure,
}


def main() -> int:
    options = _options()
    parts = options.part or list(PARTS)
    if len(parts) > 1:
        return max(_apart(part, options) for part in parts)
    judge = tuple(options.judge) if options.judge else None
    return asyncio.run(_measured(parts[0], Setup(article=options.article, corpus=options.corpus, judge=judge)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speech", description=__doc__)
    parser.add_argument("article", type=Path, help="a Chinese article as plain text")
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help=" · ".join(PARTS))
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus", help="development data")
    parser.add_argument("--judge", nargs=2, metavar=("PYTHON", "JUDGE"), help="a judge of speech and its interpreter")
    return parser.parse_args()


def _apart(part: str, options: argparse.Namespace) -> int:
    judge = ["--judge", *options.judge] if options.judge else []
    command = [
        sys.executable,
        "-m",
        "bench.speech",
        str(options.article),
        part,
        "--corpus",
        str(options.corpus),
        *judge,
    ]
    process = subprocess.Popen(command)
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.terminate()  # not killed: it ends what it started
        process.wait()
        _shown(Row(part, "not measured", f"took longer than {_PATIENCE} s", False))
        return 1


async def _measured(part: str, setup: Setup) -> int:
    """0 where every row is within reach."""
    rows, missed = PARTS[part](setup), 0
    try:
        if isinstance(rows, Iterator):
            for row in rows:
                missed += _shown(row)
        else:
            async for row in rows:
                missed += _shown(row)
    except Exception as error:
        traceback.print_exc()
        missed += _shown(Row(part, "not measured", repr(error)[:200], False))
    return min(missed, 1)


def _shown(row: Row) -> bool:
    print(row, flush=True)
    return row.reached is False


if __name__ == "__main__":
    end_with_parent()
    sys.exit(main())
