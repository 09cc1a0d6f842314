"""Calls go down: import-linter holds the floors, the domain and the order of files."""

import ast

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.sources import APPS, Function, name_of, python_files, tree


def test_every_import_goes_down() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("app", APPS)
def test_no_function_imports_in_its_body(app: str) -> None:
    late = [
        name_of(path, inner)
        for path in python_files(app)
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_owns_and_whom_it_may_call(app: str) -> None:
    (init,) = [path for path in python_files(app) if path.name == "__init__.py" and path.parent.name == app]
    text = ast.get_docstring(tree(init)) or ""
    assert all(word in text for word in ("Owns:", "Records:", "May call:"))
