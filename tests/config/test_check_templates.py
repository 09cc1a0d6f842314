"""A template that does not compile is named."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings


def test_every_template_compiles() -> None:
    call_command("check_templates")


def test_a_broken_template_is_named(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "bad.html").write_text("{% if %}")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("check_templates")
    assert "bad.html" in capsys.readouterr().err
