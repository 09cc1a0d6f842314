"""Time and its ledger: hours granted, worked, drawn, held and billed.

Owns: buckets, ledger entries, time entries, timers, overage and statements.
Records: time logged and corrected, hours drawn, overage asked and decided.
May call: tickets, contracts, accounts, events (never slo).
"""
