"""Markdown made into HTML that can do nothing, for pages and mails: cleaned each time it is shown."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("js-default", {"breaks": True, "linkify": False}).disable("image")
_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def to_html(text: str) -> str:
    """Safe HTML of a Markdown text: an allow-list of tags, links to web and mail only, no attributes besides.

    Raw HTML in the text is shown as text. Links open without telling where they come from.
    """
    cleaned: str = nh3.clean(
        _PARSER.render(text),
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return cleaned
