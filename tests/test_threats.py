"""The threat model and the tests agree."""

import ast
import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_ROWS = [
    row
    for row in (_ROOT / "docs/security.md").read_text(encoding="utf-8").splitlines()
    if row.startswith("| ") and not row.startswith("| threat |")
]


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The names of all tests."""
    trees = [ast.parse(path.read_bytes()) for path in (_ROOT / "tests").rglob("test_*.py")]
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_each_threat_has_tests_that_exist(row: str, written: set[str]) -> None:
    named = set(re.findall(r"`(test_\w+)`", row))
    assert named
    assert named <= written
