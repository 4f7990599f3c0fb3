"""What can be written on the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

from service import __version__
from service.cli import keeping, making
from service.settings import Settings
from service.text.tags import SCRIPTS

_VIEWS = ("elder", "accessible")


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="changdu", description="Any article, readable and audible for everyone.")
    root.add_argument("--version", action="version", version=f"changdu {__version__}")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace, Settings], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(command=run)
        return command

    serve = add("serve", keeping.serve, "serve pages and speech over HTTP")
    serve.add_argument("--host", help="the address to listen on")
    serve.add_argument("--port", type=int, help="the port to listen on")
    serve.add_argument("--fd", type=int, help="a socket that is open already, as from systemd")

    work = add("work", keeping.work, "speak what other machines ask for, from the queue that CHANGDU_QUEUE names")
    lanes = work.add_mutually_exclusive_group()
    lanes.add_argument(
        "--interactive", action="store_const", dest="lane", const="interactive", help="for listeners only"
    )
    lanes.add_argument("--bulk", action="store_const", dest="lane", const="bulk", help="for what is prepared only")
    work.add_argument(
        "--metrics", type=int, metavar="PORT", help="tell Prometheus of the work, on this port of loopback"
    )

    source = "an address, a file, or - for standard input"
    read = add("read", making.read, "write an article's pages and its sound into a folder that opens from disk")
    read.add_argument("source", help=source)
    read.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    read.add_argument("--view", choices=_VIEWS, default="elder", help="the view that index.html shows")
    read.add_argument("--script", choices=SCRIPTS)
    read.add_argument("--voice")
    read.add_argument("--quiet", action="store_true", help="say nothing but errors")

    prepare = add(
        "prepare", making.prepare, "read, render and speak all that a sitemap, feed or list of addresses names"
    )
    prepare.add_argument("source", help="the sitemap, feed or list: an address or a file")
    prepare.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="write static files there, for any web server"
    )
    prepare.add_argument("--script", choices=SCRIPTS, action="append", help="may be given several times")
    prepare.add_argument("--voice")
    prepare.add_argument("--silent", action="store_true", help="pages only")
    prepare.add_argument("--rate", type=_rate, default=1.0, help="articles a second asked of one site (1)")
    prepare.add_argument("--again", action="store_true", help="make anew what an earlier run has made")
    prepare.add_argument("--report", type=Path, metavar="FILE", help="what came of each address, as JSON lines")
    prepare.add_argument("--quiet", action="store_true", help="say nothing but errors")

    article = add("article", making.article, "print the article in a source")
    article.add_argument("source", help=source)
    article.add_argument("--format", choices=("json", "text", "html", "markdown"), default="json")

    spoken = add(
        "spoken", making.spoken, "print each sentence, what a voice says for it, and its pinyin, as JSON lines"
    )
    spoken.add_argument("source", help=source)

    convert = add("convert", making.convert, "convert standard input to another script, on standard output")
    convert.add_argument("--script", choices=SCRIPTS, required=True)
    convert.add_argument(
        "--lexicon", action="append", type=Path, default=[], metavar="FILE", help="words that count first"
    )
    convert.add_argument("--doubts", action="store_true", help="list what is doubtful instead, as JSON lines")

    push = add("push", keeping.push, "push articles to a server: files, or addresses for it to fetch")
    push.add_argument("sources", nargs="+", metavar="SOURCE", help="an address, or one file with --source")
    push.add_argument("--source", metavar="URL", help="the address of the article that the file holds")
    push.add_argument("--to", metavar="URL", help="the server; CHANGDU_BASE_URL, else this machine's")
    push.add_argument("--listen", action="store_true", help="have it read aloud as well")

    key = add("key", keeping.key, "make a key for pushing, and what the site's profile holds of it")
    key.add_argument("--webhook", action="store_true", help="make a webhook's secret instead")

    readings = add("readings", keeping.readings, "list the readings that listeners propose, take one or refuse one")
    verdict = readings.add_mutually_exclusive_group()
    verdict.add_argument("--accept", metavar="NUMBER", help="write it into the article's lexicon in CHANGDU_LEXICON")
    verdict.add_argument("--refuse", metavar="NUMBER", help="take it out of the list")
    readings.add_argument("--for", dest="language", choices=("zh", "zh-TW"), help="accept it for every article")

    add("voices", keeping.voices, "list the voices")
    store = add("store", keeping.store, "say what is stored, how much of it, and since when its oldest was not used")
    store.add_argument("--clean", action="store_true", help="let go of what is beyond the limits in CHANGDU_KEEP_*")
    add("check", keeping.check, "say what is missing and how to get it")
    return root


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= 100:
        raise ValueError
    return rate
