"""The lines that a measurement prints: what, how much, and whether that is within reach."""

import msgspec


class Row(msgspec.Struct, frozen=True):
    """`reach` is what should be, in words; `reached` is None where nothing is asked."""

    what: str
    value: str
    reach: str = ""
    reached: bool | None = None

    def __str__(self) -> str:
        mark = {None: " ", True: "+", False: "-"}[self.reached]
        return f"{mark} {self.what:66} {self.value:>12}   {self.reach}".rstrip()


def at_most(what: str, value: float, limit: float, form: str, note: str = "") -> Row:
    """A value that should not be above a limit; both are written in `form`, such as `{:.2f} s`."""
    return Row(what, form.format(value), f"<= {form.format(limit)}{note and ', ' + note}", value <= limit)


def at_least(what: str, value: float, limit: float, form: str, note: str = "") -> Row:
    """A value that should not be below a limit."""
    return Row(what, form.format(value), f">= {form.format(limit)}{note and ', ' + note}", value >= limit)
