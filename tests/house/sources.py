"""What the tests of the house read: our own files, and nothing that was installed or built."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "events",
    "accounts",
    "contracts",
    "tickets",
    "slo",
    "hours",
    "escalation",
    "proactive",
    "notify",
    "web",
    "api",
    "intake",
)
PRODUCT = ("config", *APPS)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Give the Python files in these folders, migrations left out."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Give every template."""
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@cache
def tree(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[Function]:
    """Give every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def name_of(path: Path, node: ast.AST | None = None) -> str:
    """Give file and line as a person would look for them."""
    place = str(path.relative_to(ROOT))
    return f"{place}:{getattr(node, 'lineno', 0)}" if node is not None else place
