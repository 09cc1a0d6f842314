"""What people write is shown, and can do nothing."""

import pytest

from web.wording.markdown import to_html


def test_emphasis_lists_and_code_are_drawn() -> None:
    html = to_html("**Mind** golden rule 4:\n\n- ask `Bram`\n- publish")
    assert "<strong>Mind</strong>" in html
    assert "<li>ask <code>Bram</code></li>" in html


def test_a_line_break_stays_a_line_break() -> None:
    assert to_html("first\nsecond") == "<p>first<br>\nsecond</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<b style="position:fixed" onclick="x()" hx-get="/setup/">all</b>',
        "<iframe src=https://evil.example></iframe>",
        '<form action="/x"><input name=y></form>',
    ],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    html = to_html(text)
    assert "<p>&lt;" in html
    assert not any(mark in html for mark in ("<script", "<img", "<b ", "<iframe", "<form"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html;base64,PHM+", "file:///etc"],
)
def test_a_link_leads_to_the_web_or_to_mail_only(address: str) -> None:
    assert "href" not in to_html(f"[here]({address})")


def test_a_link_tells_nobody_where_it_comes_from() -> None:
    html = to_html("[rule](https://halden.example/rule?a=1&b=2)")
    assert 'href="https://halden.example/rule?a=1&amp;b=2"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_a_title_of_a_link_cannot_smuggle_an_attribute() -> None:
    html = to_html('[x](https://a.example "t\\" hx-get=\\"/setup/")')
    assert "title" not in html
    assert "<a href" in html


def test_images_are_never_fetched() -> None:
    assert "<img" not in to_html("![seen](https://tracker.example/p.png)")


def test_a_table_is_drawn_without_styles() -> None:
    html = to_html("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert "<td>1</td>" in html
    assert "style" not in html
