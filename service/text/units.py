"""Units: how the signs of measures and currencies are said, and which words count things."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Units(msgspec.Struct, frozen=True):
    """`data/units.toml`: names of unit signs and currencies; Chinese units; patterns after which a two is 两."""

    units: dict[str, str]
    currencies: dict[str, str]
    words: tuple[str, ...]
    counted: tuple[str, ...]

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
    )
