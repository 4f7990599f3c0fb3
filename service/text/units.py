"""Units: how the signs of measures and currencies are said, and which words count things."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Units(msgspec.Struct, frozen=True):
    """`data/units.toml`: names of unit signs and currencies; Chinese units; patterns before which a two is 两.

    `contextual` has signs that are units only beside some words: their names, and a pattern of those words.
    """

    units: dict[str, str]
    currencies: dict[str, str]
    words: tuple[str, ...]
    counted: tuple[str, ...]
    contextual: dict[str, tuple[str, str]]

    def name(self, sign: str) -> str:
        """How a unit is said: km is 公里, 元 stays."""
        return self.units.get(sign, sign)


@cache
def units() -> Units:
    """The table, read once."""
    table = tomllib.loads((files("service.text") / "data" / "units.toml").read_text("utf-8"))
    return Units(
        units=table["units"],
        currencies=table["currencies"],
        words=tuple(table["words"].split()),
        counted=tuple(table["counted"].split()),
        contextual={sign: (name, near) for sign, (name, near) in table["contextual"].items()},
    )
