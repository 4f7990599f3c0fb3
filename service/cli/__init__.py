"""The command line: `changdu serve · work · read · prepare · article · spoken · convert · push · key · readings · voices ·
store · check`.
"""

import argparse
import atexit
import contextlib
import os
import sys
from collections.abc import Callable, Sequence

from service.cli.arguments import parser
from service.cli.status import COULD_NOT, USED_WRONGLY
from service.errors import ChangduError, UnknownVoice
from service.settings import BadSetting, Settings, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 when it did what was asked, 1 when it could not, 2 when it was used wrongly."""
    options = parser().parse_args(arguments)
    try:
        settings = load(os.environ)
        command: Callable[[argparse.Namespace, Settings], int] = options.command
        return command(options, settings)
    except (BadSetting, UnknownVoice) as error:
        return _say(error, USED_WRONGLY)
    except (ChangduError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return COULD_NOT
        return _say(error, COULD_NOT)
    except KeyboardInterrupt:
        return _say("已停止，没有写出任何文件。 Stopped; nothing was written.", COULD_NOT)


def run() -> None:
    """`main` as a process of its own."""
    ended: list[int] = []
    atexit.register(_leave, ended)  # the first to be registered is the last to be called
    ended.append(main())
    sys.exit(ended[0])


def _leave(ended: Sequence[int]) -> None:
    """End here: obstore's threads may still hold what they were asked for, and abort an interpreter that winds up."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    if ended:
        os._exit(ended[0])


def _say(what: object, code: int) -> int:
    print("changdu:", " ".join(str(what).split()), file=sys.stderr)
    return code
