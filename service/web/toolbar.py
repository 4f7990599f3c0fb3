"""The elder view's toolbar: its tools in the order that readers know, each with its key."""

from collections.abc import Mapping
from typing import Final

KEYS: Final[Mapping[str, str]] = {
    "voice": "1",
    "rate": "2",
    "point": "3",
    "continue": "4",
    "colours": "5",
    "larger": "6",
    "smaller": "7",
    "cursor": "8",
    "cross": "9",
    "caption": "0",
    "pinyin": "P",
    "script": "S",
    "reset": "R",
    "accessible": "A",
    "help": "H",
    "exit": "X",
}
"""The toolbar in its known order, and the key that goes with Alt+Shift for each tool until the reader changes it."""
