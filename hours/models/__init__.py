"""Paid time as rows: accounts, buckets, ledger, time entries, timers, requests, statements."""

from hours.models.account import Account, Bucket, BucketBalance, BucketKind, UseWarning
from hours.models.ledger import LedgerEntry, Movement
from hours.models.requests import Origin, OverageRequest, RequestState, TopUp
from hours.models.statements import Question, QuestionState, Statement
from hours.models.time import EntryState, TimeEntry, Timer
from hours.models.weeks import HandedWeek

__all__ = [
    "Account",
    "Bucket",
    "BucketBalance",
    "BucketKind",
    "EntryState",
    "HandedWeek",
    "LedgerEntry",
    "Movement",
    "Origin",
    "OverageRequest",
    "Question",
    "QuestionState",
    "RequestState",
    "Statement",
    "TimeEntry",
    "Timer",
    "TopUp",
    "UseWarning",
]
