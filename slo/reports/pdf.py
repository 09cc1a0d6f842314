"""The compliance report as a page to print or to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import fontpkg
from fpdf import FPDF
from fpdf.fonts import FontFace

from slo.queries.compliance import Report
from slo.reports.strips import PrintedClock, draw_clock
from slo.reports.table import Name, headings, lines

_FONT = "Noto Sans"


def report_pdf(
    report: Report,
    *,
    title: str,
    made_at: datetime,
    wording: str = "",
    name: Name | None = None,
    explained: Sequence[PrintedClock] = (),
) -> bytes:
    """The report as PDF; `wording` says what the figures are (S18), `name` what their groups are called.

    `explained` are the missed clocks whose counting is laid open below the figures (S15). The same report
    gives the same bytes.
    """
    page = FPDF(orientation="landscape", format="A4")
    page.set_creation_date(made_at)
    page.add_font(_FONT, fname=fontpkg.path(_FONT))
    page.set_title(title)
    page.add_page()
    page.set_font(_FONT, size=16)
    page.cell(text=title, new_x="LMARGIN", new_y="NEXT")
    page.set_font(_FONT, size=9)
    period = f"{report.from_on:%d %B %Y} to {report.to_on:%d %B %Y}. Made {made_at:%d %B %Y, %H:%M} UTC."
    page.multi_cell(0, text=f"{period} {wording}".strip(), new_x="LMARGIN", new_y="NEXT")
    page.ln(4)
    with page.table(
        text_align="LEFT",
        line_height=6,
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis=None),
    ) as table:
        for line in [headings(report), *lines(report, name=name)]:
            table.row(line)
    page.ln(4)
    page.multi_cell(
        0,
        text="Met of counted is met ÷ (met + missed). Exempt, paused and withdrawn clocks stand beside it.",
        new_x="LMARGIN",
        new_y="NEXT",
    )
    if explained:
        page.ln(4)
        page.set_font(_FONT, size=12)
        page.cell(text="How the missed ones were counted", new_x="LMARGIN", new_y="NEXT")
        page.set_font(_FONT, size=8)
        for clock in explained:
            draw_clock(page, clock)
    return bytes(page.output())
