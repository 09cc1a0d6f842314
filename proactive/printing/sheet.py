"""A4 pages with the headings, texts, tables and bars that every printed report uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import fontpkg
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

_FONT = "Noto Sans"
_BAR_MM = 90.0


class Sheet(FPDF):
    """Pages under one title; the same content made at the same moment gives the same bytes.

    Texts are printed as they stand: nothing in them is read as markup, and nothing is fetched.
    """

    def __init__(self, *, title: str, subtitle: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self._title = title
        # One weight alone: making the bold one from the variable font takes seconds for each document.
        self.add_font(_FONT, fname=fontpkg.path(_FONT))
        self.set_title(title)
        self.set_lang("en-GB")
        self.set_creation_date(made_at)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_page()
        self._line(title, size=18, height=9)
        self.note(subtitle)

    def footer(self) -> None:
        """Title and page number at the foot of each page."""
        self.set_y(-14)
        self.set_font(_FONT, size=7)
        self.cell(0, 5, f"{self._title}   Page {self.page_no()}", align="C")

    def heading(self, text: str) -> None:
        """A heading with room above it."""
        self.ln(4)
        self._line(text, size=13, height=7)

    def smaller_heading(self, text: str) -> None:
        """A heading within a section."""
        self.ln(2)
        self._line(text, size=11, height=6)

    def note(self, text: str) -> None:
        """A line in small print."""
        self._line(text, size=8, height=4.5)

    def text_block(self, text: str) -> None:
        """A text of any length, as it was typed."""
        if text:
            self._line(text, size=10, height=5)

    def rows(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int] = ()
    ) -> None:
        """A table with its headings; nothing where there are no rows."""
        if not rows:
            return
        self.set_font(_FONT, size=8)
        with self.table(
            col_widths=tuple(widths) or None,
            text_align="LEFT",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis=None, fill_color=235, size_pt=8),
            line_height=5,
        ) as table:
            for row in (heads, *rows):
                table.row([str(cell) for cell in row])
        self.ln(1)

    def bars(self, amounts: Sequence[tuple[str, float, str]]) -> None:
        """Amounts beside each other: their name, a bar as long as they are, and the amount in words."""
        most = max((amount for _, amount, _ in amounts), default=0.0)
        self.set_font(_FONT, size=8)
        self.set_fill_color(14, 92, 117)
        for label, amount, words in amounts:
            self.cell(40, 5.5, label)
            width = _BAR_MM * max(amount, 0.0) / most if most > 0 else 0.0
            if width:
                self.rect(self.get_x(), self.get_y() + 1.2, width, 3, style="F")
            self.set_x(self.get_x() + _BAR_MM + 3)
            self.cell(0, 5.5, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def _line(self, text: str, *, size: float, height: float) -> None:
        self.set_font(_FONT, size=size)
        self.multi_cell(0, height, text=text, new_x="LMARGIN", new_y="NEXT")
