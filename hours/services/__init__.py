"""Writes on paid time: one function a use case, each one transaction; ticket locked before account."""

from hours.services.corrections import (
    ask_again,
    correct_entry,
    mark_not_billed,
    reverse_entry,
)
from hours.services.months import close_months
from hours.services.overage import decide_overage, request_overage
from hours.services.periods import grant_periods, open_account, review_account
from hours.services.questions import answer_by_correcting, answer_question, question_line
from hours.services.sheets import SheetCell, fill_timesheet
from hours.services.time import log_time
from hours.services.timers import (
    discard_timer,
    pause_timer,
    remind_idle_timers,
    resume_timer,
    start_timer,
    stop_timer,
)
from hours.services.top_ups import decide_top_up, request_top_up
from hours.services.weeks import hand_in_week

__all__ = [
    "SheetCell",
    "answer_by_correcting",
    "answer_question",
    "ask_again",
    "close_months",
    "correct_entry",
    "decide_overage",
    "decide_top_up",
    "discard_timer",
    "fill_timesheet",
    "grant_periods",
    "hand_in_week",
    "log_time",
    "mark_not_billed",
    "open_account",
    "pause_timer",
    "question_line",
    "remind_idle_timers",
    "request_overage",
    "request_top_up",
    "resume_timer",
    "reverse_entry",
    "review_account",
    "start_timer",
    "stop_timer",
]
