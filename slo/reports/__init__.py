"""The compliance report as files: a table for spreadsheets, a page to print (S16, S18)."""

from slo.reports.missed import printed
from slo.reports.pdf import report_pdf
from slo.reports.strips import PrintedClock
from slo.reports.table import report_csv

__all__ = ["PrintedClock", "printed", "report_csv", "report_pdf"]
