"""The figures and names of the house hold in every file."""

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.house.sources import APPS, PRODUCT, Function, functions, name_of, python_files, templates, tree

EVERYTHING = (*PRODUCT, "tests", "benchmarks")
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "handle", "process", "data"}
VAGUE_BEGINNINGS = ("handle_", "process_", "manage_", "do_")
# Names that Django, REST framework and the standard library chose.
FOREIGN = {
    *("handle", "process_exception", "get_context_data", "process_view"),
    *("handle_starttag", "handle_endtag", "handle_data"),
}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error|x" r"fail)\b")
CLOCK = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|time\.time)\b")
CLOCK_OF_THE_DATABASE = "events/queries.py"
CLOCKLESS = ("domain", "events", "models", "queries", "permissions", "services", "reactions")


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def is_clockless(path: Path) -> bool:
    """Say whether a file stands where time is an argument."""
    return any(part.removesuffix(".py") in CLOCKLESS for part in path.parts)


def public(path: Path) -> list[ast.ClassDef | Function]:
    """Give the public classes and functions of a file: its top level, and the methods of its classes."""
    nodes: list[ast.ClassDef | Function] = []
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef | Function):
            nodes.append(node)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            nodes += [inner for inner in node.body if isinstance(inner, Function)]
    return [node for node in nodes if not node.name.startswith("_")]


def test_no_file_is_longer_than_400_lines() -> None:
    assert [name_of(path) for path in python_files(*EVERYTHING) if lines(path) > 400] == []


def test_files_of_the_product_are_short() -> None:
    lengths = [lines(path) for path in python_files(*PRODUCT)]
    assert statistics.median(lengths) <= 80
    assert statistics.quantiles(lengths, n=10)[-1] <= 220


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        name_of(path, node)
        for path in python_files(*EVERYTHING)
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    files = python_files(*EVERYTHING)
    assert [name_of(path) for path in files if not ast.get_docstring(tree(path))] == []


def test_every_public_class_and_function_says_what_it_does() -> None:
    silent = [
        name_of(path, node)
        for path in python_files(*PRODUCT)
        for node in public(path)
        if not ast.get_docstring(node) and node.name not in {"Meta", "handle", "add_arguments"}
    ]
    assert silent == []


def test_no_function_or_module_has_a_vague_name() -> None:
    vague = [name_of(path) for path in python_files(*PRODUCT) if path.stem in VAGUE]
    vague += [
        name_of(path, node)
        for path in python_files(*PRODUCT)
        for node in functions(path)
        if node.name not in FOREIGN and (node.name in VAGUE or node.name.startswith(VAGUE_BEGINNINGS))
    ]
    assert vague == []


def test_nothing_is_left_unfinished() -> None:
    own = [*python_files(*EVERYTHING), *templates()]
    assert [name_of(path) for path in own if UNFINISHED.search(path.read_text(encoding="utf-8"))] == []


def test_the_clock_is_read_at_the_edges_alone() -> None:
    inner = [path for path in python_files(*APPS) if is_clockless(path)]
    readers = [name_of(path) for path in inner if CLOCK.search(path.read_text(encoding="utf-8"))]
    assert set(readers) <= {CLOCK_OF_THE_DATABASE}


def test_templates_are_short() -> None:
    lengths = [lines(path) for path in templates()]
    assert not lengths or (statistics.median(lengths) <= 28 and max(lengths) <= 150)


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle=",
        r"<style\b",
        r"<script(?![^>]*(\bsrc=|application/json))[^>]*>",
        r"\son[a-z]+=",
        r"https?://(cdn|unpkg)",
    ],
)
def test_pages_hold_no_inline_script_or_style(forbidden: str) -> None:
    pages = [path for path in templates() if path.suffix == ".html" and "emails" not in path.parts]
    assert [name_of(path) for path in pages if re.search(forbidden, _without_template_tags(path))] == []


def _without_template_tags(path: Path) -> str:
    """What a browser gets of a template: `with online=…` is no attribute of it."""
    return re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.S)


def test_components_open_with_a_comment_on_their_variables() -> None:
    parts = [path for path in templates() if "components" in path.parts and path.suffix == ".html"]
    assert [
        name_of(path) for path in parts if not re.match(r"\s*\{[#%]", path.read_text(encoding="utf-8"))
    ] == []
