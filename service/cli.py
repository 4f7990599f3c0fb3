"""The command line: `changdu serve · work · read · prepare · article · spoken · convert · voices · store · check`."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from service import __version__
from service.errors import ChangduError, UnknownVoice
from service.logs import configure
from service.settings import BadSetting, Settings, load, resources

_COULD_NOT, _USED_WRONGLY = 1, 2
_GRACE = 20  # seconds in which a server that is told to stop finishes what it answers
_VIEWS = ("elder", "accessible")
_SCRIPTS = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 when it did what was asked, 1 when it could not, 2 when it was used wrongly."""
    options = _parser().parse_args(arguments)
    try:
        settings = load(os.environ)
        command: Callable[[argparse.Namespace, Settings], int] = options.command
        return command(options, settings)
    except (BadSetting, UnknownVoice) as error:
        return _say(error, _USED_WRONGLY)
    except (ChangduError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _COULD_NOT
        return _say(error, _COULD_NOT)
    except KeyboardInterrupt:
        return _say("已停止，没有写出任何文件。 Stopped; nothing was written.", _COULD_NOT)


def _say(what: object, code: int) -> int:
    print("changdu:", " ".join(str(what).split()), file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="changdu", description="Any article, readable and audible for everyone.")
    parser.add_argument("--version", action="version", version=f"changdu {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace, Settings], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(command=run)
        return command

    serve = add("serve", _serve, "serve pages and speech over HTTP")
    serve.add_argument("--host", help="the address to listen on")
    serve.add_argument("--port", type=int, help="the port to listen on")
    serve.add_argument("--fd", type=int, help="a socket that is open already, as from systemd")

    work = add("work", _work, "speak what other machines ask for, from the queue that CHANGDU_QUEUE names")
    lanes = work.add_mutually_exclusive_group()
    lanes.add_argument(
        "--interactive", action="store_const", dest="lane", const="interactive", help="for listeners only"
    )
    lanes.add_argument("--bulk", action="store_const", dest="lane", const="bulk", help="for what is prepared only")
    work.add_argument(
        "--metrics", type=int, metavar="PORT", help="tell Prometheus of the work, on this port of loopback"
    )

    source = "an address, a file, or - for standard input"
    read = add("read", _read, "write an article's pages and its sound into a folder that opens from disk")
    read.add_argument("source", help=source)
    read.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    read.add_argument("--view", choices=_VIEWS, default="elder", help="the view that index.html shows")
    read.add_argument("--script", choices=_SCRIPTS)
    read.add_argument("--voice")
    read.add_argument("--quiet", action="store_true", help="say nothing but errors")

    prepare = add("prepare", _prepare, "read, render and speak all that a sitemap, feed or list of addresses names")
    prepare.add_argument("source", help="the sitemap, feed or list: an address or a file")
    prepare.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="write static files there, for any web server"
    )
    prepare.add_argument("--script", choices=_SCRIPTS, action="append", help="may be given several times")
    prepare.add_argument("--voice")
    prepare.add_argument("--silent", action="store_true", help="pages only")
    prepare.add_argument("--rate", type=_rate, default=1.0, help="articles a second asked of one site (1)")
    prepare.add_argument("--again", action="store_true", help="make anew what an earlier run has made")
    prepare.add_argument("--report", type=Path, metavar="FILE", help="what came of each address, as JSON lines")
    prepare.add_argument("--quiet", action="store_true", help="say nothing but errors")

    article = add("article", _article, "print the article in a source")
    article.add_argument("source", help=source)
    article.add_argument("--format", choices=("json", "text", "html", "markdown"), default="json")

    spoken = add("spoken", _spoken, "print each sentence, what a voice says for it, and its pinyin, as JSON lines")
    spoken.add_argument("source", help=source)

    convert = add("convert", _convert, "convert standard input to another script, on standard output")
    convert.add_argument("--script", choices=_SCRIPTS, required=True)
    convert.add_argument(
        "--lexicon", action="append", type=Path, default=[], metavar="FILE", help="words that count first"
    )
    convert.add_argument("--doubts", action="store_true", help="list what is doubtful instead, as JSON lines")

    push = add("push", _push, "push articles to a server: files, or addresses for it to fetch")
    push.add_argument("sources", nargs="+", metavar="SOURCE", help="an address, or one file with --source")
    push.add_argument("--source", metavar="URL", help="the address of the article that the file holds")
    push.add_argument("--to", metavar="URL", help="the server; CHANGDU_BASE_URL, else this machine's")
    push.add_argument("--listen", action="store_true", help="have it read aloud as well")

    key = add("key", _key, "make a key for pushing, and what the site's profile holds of it")
    key.add_argument("--webhook", action="store_true", help="make a webhook's secret instead")

    readings = add("readings", _readings, "list the readings that listeners propose, take one or refuse one")
    verdict = readings.add_mutually_exclusive_group()
    verdict.add_argument("--accept", metavar="NUMBER", help="write it into the article's lexicon in CHANGDU_LEXICON")
    verdict.add_argument("--refuse", metavar="NUMBER", help="take it out of the list")
    readings.add_argument("--for", dest="language", choices=("zh", "zh-TW"), help="accept it for every article")

    add("voices", _voices, "list the voices")
    store = add("store", _store, "say what is stored, how much of it, and since when its oldest was not used")
    store.add_argument("--clean", action="store_true", help="let go of what is beyond the limits in CHANGDU_KEEP_*")
    add("check", _check, "say what is missing and how to get it")
    return parser


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= 100:
        raise ValueError
    return rate


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    import uvicorn

    from service.app import create_app

    configure(settings.log)
    changes = {"host": options.host, "port": options.port}
    settings = msgspec.structs.replace(
        settings, **{name: value for name, value in changes.items() if value is not None}
    )
    print(f"changdu: http://{settings.host}:{settings.port}/", file=sys.stderr)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        fd=options.fd,
        timeout_graceful_shutdown=_GRACE,
        access_log=False,
        log_level="warning",
        server_header=False,
    )
    return 0


def _work(options: argparse.Namespace, settings: Settings) -> int:
    from service.blobs.store import Blobs
    from service.jobs.engine import LANES
    from service.metrics import serve
    from service.workshop import Workshop

    configure(settings.log)

    async def run() -> None:
        workshop = Workshop(settings, Blobs(settings.store))
        if options.metrics:
            serve(workshop, options.metrics)
        try:
            await workshop.work(settings, (options.lane,) if options.lane else LANES)
        finally:
            await workshop.close()

    asyncio.run(run())
    return 0


def _read(options: argparse.Namespace, settings: Settings) -> int:
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


def _prepare(options: argparse.Namespace, settings: Settings) -> int:
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
        return _COULD_NOT if failed else 0

    return asyncio.run(run())


def _article(options: argparse.Namespace, settings: Settings) -> int:
    from service.formats import write
    from service.sources import article

    sys.stdout.write(write(article(options.source, settings), options.format))
    return 0


def _spoken(options: argparse.Namespace, settings: Settings) -> int:
    from service.lexicons import Lexicons
    from service.profiles import load as load_sites
    from service.sources import article
    from service.text.policy import POLICIES
    from service.text.reading import read_aloud

    read = article(options.source, settings)
    lexicon = Lexicons(settings.lexicon, load_sites(settings.sites)).of(read)
    for spoken in read_aloud(read, POLICIES[settings.policy], lexicon):
        line = {"text": spoken.sentence.text, "spoken": spoken.text, "pinyin": spoken.pinyin}
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    return 0


def _convert(options: argparse.Namespace, settings: Settings) -> int:
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


def _push(options: argparse.Namespace, settings: Settings) -> int:
    from service.push.courier import push

    to = options.to or settings.base_url or f"http://{settings.host}:{settings.port}"
    for line in asyncio.run(push(to, settings.push_key, options.sources, source=options.source, listen=options.listen)):
        print(line)
    return 0


def _key(options: argparse.Namespace, settings: Settings) -> int:
    from service.push.keys import digest, new_key, new_secret

    if options.webhook:
        print(f'secret = "{new_secret()}"')
        return 0
    key = new_key()
    print(f'# for the profile, sites/*.toml:\n[[push]]\nname = "CMS"\nkey = "{digest(key)}"')
    print(f"# for the system that pushes, never for the profile:\nCHANGDU_PUSH_KEY={key}")
    return 0


def _readings(options: argparse.Namespace, settings: Settings) -> int:
    from service.blobs.store import Blobs
    from service.corrections import Corrections

    corrections = Corrections(Blobs(settings.store), settings.lexicon)

    async def run() -> None:
        if options.accept:
            print(await corrections.accept(options.accept, options.language))
        elif options.refuse:
            await corrections.refuse(options.refuse)
        else:
            for one in await corrections.waiting():
                print(f"{one.id}  {one.word}  {one.reading}  《{one.title}》 {one.article}  {one.note}".rstrip())

    asyncio.run(run())
    return 0


def _voices(options: argparse.Namespace, settings: Settings) -> int:
    from service.speech.voice import Catalogue

    for voice in Catalogue.load(resources("voices")).voices:
        where = "online: the text is sent to its service" if voice.online else "embedded"
        chosen = "*" if voice.id == settings.voice else " "
        print(f"{chosen} {voice.id:28} {voice.locale:6} {voice.gender:7} {voice.name}  ({where})")
    return 0


def _store(options: argparse.Namespace, settings: Settings) -> int:
    from service.blobs.retention import Limits, clean, holdings
    from service.blobs.store import Blobs

    async def run() -> None:
        blobs = Blobs(settings.store)
        if options.clean:
            freed = await clean(blobs, Limits.of(settings), time.time())
            print(f"{freed / 1e6:.1f} MB let go")
        for held in await holdings(blobs):
            since = "" if held.oldest is None else time.strftime("%Y-%m-%d", time.localtime(held.oldest))
            print(f"{held.kind:10} {held.count:9} {held.bytes / 1e6:11.1f} MB   {since}")

    asyncio.run(run())
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from service.check import checks

    findings = list(checks(settings))
    for finding in findings:
        print(
            f"{'ok     ' if finding.ok else 'MISSING'} {finding.what}" + ("" if finding.ok else f": {finding.remedy}")
        )
    return 0 if all(finding.ok for finding in findings) else _COULD_NOT


if __name__ == "__main__":
    sys.exit(main())
