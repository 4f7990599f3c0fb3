"""Versions: what stored work was made by, so that an upgrade never serves what an older version made."""

import hashlib
from pathlib import Path


def digest(*folders: Path) -> str:
    """Of every file in the folders, 16 hex digits; about 20 ms for all of Changdu."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    found.update(piece)
    return found.hexdigest()[:16]


def rules(*rooms: str) -> str:
    """The digest of rooms of the package, such as `text`: their code and their tables."""
    package = Path(__file__).parent
    return digest(*(package / room for room in rooms))
