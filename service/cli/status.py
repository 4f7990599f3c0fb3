"""Exit statuses of a command beside 0."""

from typing import Final

COULD_NOT: Final = 1
USED_WRONGLY: Final = 2
