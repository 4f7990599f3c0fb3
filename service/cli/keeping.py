"""Commands for whoever keeps a service: serve, work, push, key, readings, voices, store, check."""

import argparse
import asyncio
import os
import socket
import sys
import time
from typing import Final

import msgspec

from service.cli.status import COULD_NOT
from service.logs import configure
from service.settings import Settings

_GRACE: Final = 20  # seconds in which a server that is told to stop finishes what it answers


def serve(options: argparse.Namespace, settings: Settings) -> int:
    import uvicorn

    from service.app import create_app

    configure(settings.log)
    changes = {"host": options.host, "port": options.port}
    settings = msgspec.structs.replace(
        settings, **{name: value for name, value in changes.items() if value is not None}
    )
    print(f"changdu: {_address(settings, options.fd)}", file=sys.stderr)
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


def _address(settings: Settings, fd: int | None) -> str:
    """Where the service is reached: what was asked for, or what the socket that was handed in listens on."""
    host, port = settings.host, settings.port
    if fd is not None:
        with socket.socket(fileno=os.dup(fd)) as given:
            name = given.getsockname()
        if isinstance(name, str):
            return f"unix:{name}"
        host, port = name[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def work(options: argparse.Namespace, settings: Settings) -> int:
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


def push(options: argparse.Namespace, settings: Settings) -> int:
    from service.push.courier import push

    to = options.to or settings.base_url or f"http://{settings.host}:{settings.port}"
    for line in asyncio.run(push(to, settings.push_key, options.sources, source=options.source, listen=options.listen)):
        print(line)
    return 0


def key(options: argparse.Namespace, settings: Settings) -> int:
    from service.push.keys import digest, new_key, new_secret

    if options.webhook:
        print(f'secret = "{new_secret()}"')
        return 0
    key = new_key()
    print(f'# for the profile, sites/*.toml:\n[[push]]\nname = "CMS"\nkey = "{digest(key)}"')
    print(f"# for the system that pushes, never for the profile:\nCHANGDU_PUSH_KEY={key}")
    return 0


def readings(options: argparse.Namespace, settings: Settings) -> int:
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


def voices(options: argparse.Namespace, settings: Settings) -> int:
    from service.speech.cast import cast

    for voice in cast(settings).voices:
        where = "online: the text is sent to its service" if voice.online else "embedded"
        chosen = "*" if voice.id == settings.voice else " "
        print(f"{chosen} {voice.id:28} {voice.locale:6} {voice.gender:7} {voice.name}  ({where})")
    return 0


def store(options: argparse.Namespace, settings: Settings) -> int:
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


def check(options: argparse.Namespace, settings: Settings) -> int:
    from service.check import checks

    findings = list(checks(settings))
    for finding in findings:
        print(
            f"{'ok     ' if finding.ok else 'MISSING'} {finding.what}" + ("" if finding.ok else f": {finding.remedy}")
        )
    return 0 if all(finding.ok for finding in findings) else COULD_NOT
