"""Promises against the clock: the fold of a ticket's events into clocks and verdicts.

Owns: clocks (a projection of the log), verdicts (written once), changes of due times.
Records: clock.at_risk, clock.missed, clock.met, update.agreed.
May call: tickets, contracts, accounts, events (never hours: time entries and timers are read from the log).
"""
