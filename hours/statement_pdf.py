"""A statement as PDF, to print and to file (H9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import fontpkg_noto_sans
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from hours.domain.amounts import clock_text
from hours.domain.statement import Line, StatementBody
from hours.statement_csv import kind_label

_FONTS = Path(fontpkg_noto_sans.ROOT) / "files"
_FONT = "Noto Sans"
_HEADINGS = ("Day", "Ticket", "What", "Who", "Worked", "Billed", "Hours", "Left")
_WIDTHS = (20, 22, 68, 32, 15, 15, 15, 15)
_ALIGNED = ("LEFT", "LEFT", "LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT")
_NOTE_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands above the lines: client, contract, and the digest of a closed month (else empty)."""

    client: str
    contract: str
    digest: str = ""


def statement_pdf(body: StatementBody, head: Letterhead) -> bytes:
    """The statement on A4 pages; days in the contract's zone, hours as `h:mm`; the same bytes each time."""
    page = _Statement(body, head)
    page.write_summary()
    page.write_lines("Movements", body.lines)
    if body.aside:
        page.write_lines("Logged, but not taken from the balance", body.aside)
    return bytes(page.output())


class _Statement(FPDF):
    def __init__(self, body: StatementBody, head: Letterhead) -> None:
        super().__init__(format="A4")
        self.body, self.head = body, head
        # One weight alone: making the bold one from the variable font takes seconds for each document.
        self.add_font(_FONT, "", _FONTS / "NotoSans[wdth,wght].ttf")
        self.set_title(f"Hours {body.month}, {head.client}")
        self.set_lang("en-GB")
        self.set_creation_date(_first_moment(body.month))  # so that the same statement is the same file
        self.set_auto_page_break(auto=True, margin=18)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FONT, size=7)
        state = f"Closed. Digest {self.head.digest}   " if self.head.digest else ""
        self.cell(0, 5, f"{state}Page {self.page_no()}", align="C")

    def write_summary(self) -> None:
        self.set_font(_FONT, size=16)
        self.cell(0, 9, f"Hours, {_month_words(self.body.month)}", new_x="LMARGIN", new_y="NEXT")
        self.set_font(_FONT, size=10)
        self.cell(0, 6, f"{self.head.client} · {self.head.contract}", new_x="LMARGIN", new_y="NEXT")
        self.cell(0, 6, f"Times of {self.body.zone}", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)
        sums = [(kind_label(kind), minutes) for kind, minutes in self.body.sums().items()]
        rows = [("Opening balance", self.body.opening), *sums, ("Closing balance", self.body.closing)]
        for label, minutes in rows:
            self.cell(60, 6, label)
            self.cell(25, 6, clock_text(minutes), align="R", new_x="LMARGIN", new_y="NEXT")

    def write_lines(self, title: str, lines: tuple[Line, ...]) -> None:
        self.ln(5)
        self.set_font(_FONT, size=12)
        self.cell(0, 7, title, new_x="LMARGIN", new_y="NEXT")
        self.set_font(_FONT, size=8)
        with self.table(
            col_widths=_WIDTHS,
            text_align=_ALIGNED,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(fill_color=235, size_pt=8),
            line_height=5,
        ) as table:
            table.row(_HEADINGS)
            for line in lines:
                table.row(_cells(line, self.body.zone))


def _cells(line: Line, zone: str) -> tuple[str, ...]:
    is_work = line.entry_id is not None
    day = line.worked_on or datetime.fromisoformat(line.at).astimezone(ZoneInfo(zone)).date().isoformat()
    what = f"{kind_label(line.kind)}: {line.note[:_NOTE_LENGTH] or line.bucket}"
    return (
        day,
        line.ticket,
        what,
        line.person,
        clock_text(line.worked_minutes) if is_work else "",
        clock_text(line.billed_minutes) if is_work else "",
        clock_text(line.minutes) if line.number else "",
        clock_text(line.balance) if line.number else "",
    )


def _month_words(month: str) -> str:
    return f"{_first_moment(month):%B %Y}"


def _first_moment(month: str) -> datetime:
    return datetime.strptime(f"{month}-01+0000", "%Y-%m-%d%z")
