"""Commands that make something of a source: read, prepare, article, spoken, convert."""

import argparse
import asyncio
import sys

import msgspec

from service.cli.status import COULD_NOT
from service.settings import Settings


def read(options: argparse.Namespace, settings: Settings) -> int:
    from service.app import build
    from service.export import export, speak
    from service.progress import Meter
    from service.sources import is_address
    from service.sources import load as load_document

    async def run() -> None:
        house = build(settings)
        try:
            with Meter(quiet=options.quiet) as meter:
                source = options.source
                shelved = await (
                    house.library.open(source) if is_address(source) else house.library.add(load_document(source))
                )
                track = await speak(house, shelved.article, options.voice, progress=meter)
                script = options.script
                await export(house, shelved.article, options.output, view=options.view, script=script, track=track)
        finally:
            await house.close()

    asyncio.run(run())
    if not options.quiet:
        print(options.output / "index.html")
    return 0


def prepare(options: argparse.Namespace, settings: Settings) -> int:
    from service.app import build
    from service.prepare import Order, Preparation
    from service.progress import Tally

    order = Order(
        scripts=tuple(options.script or (None,)),
        sound=not options.silent,
        voice=options.voice,
        folder=options.output,
        rate=options.rate,
        again=options.again,
    )

    async def run() -> int:
        house = build(settings)
        try:
            with Tally(quiet=options.quiet) as tally:
                done = await Preparation(house, order, tally).run(options.source)
        finally:
            await house.close()
        if options.report:
            options.report.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in done))
        failed = [each for each in done if each.problem]
        print(f"{len(done) - len(failed)}/{len(done)}")
        return COULD_NOT if failed else 0

    return asyncio.run(run())


def article(options: argparse.Namespace, settings: Settings) -> int:
    from service.formats import write
    from service.sources import article

    sys.stdout.write(write(article(options.source, settings), options.format))
    return 0


def spoken(options: argparse.Namespace, settings: Settings) -> int:
    from service.lexicons import Lexicons
    from service.profiles import load as load_sites
    from service.sources import article
    from service.text.reading import read_aloud

    read = article(options.source, settings)
    lexicon = Lexicons(settings.lexicon, load_sites(settings.sites)).of(read)
    for spoken in read_aloud(read, settings.policy, lexicon):
        line = {"text": spoken.sentence.text, "spoken": spoken.text, "pinyin": spoken.pinyin}
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    return 0


def convert(options: argparse.Namespace, settings: Settings) -> int:
    from service.intake.charset import decode
    from service.text.doubtful import doubtful_text
    from service.text.lexicon import load as load_lexicon
    from service.text.scripts import convert_text

    lexicon = load_lexicon(options.lexicon)
    data = sys.stdin.buffer.read()
    text = decode(data, "utf-8") if data else ""
    if options.doubts:
        for doubt in doubtful_text(text, options.script, lexicon):
            sys.stdout.write(msgspec.json.encode(doubt).decode() + "\n")
    else:
        sys.stdout.write(convert_text(text, None, options.script, lexicon).text)
    return 0
