"""Work nobody reported: programmes, reviews, mailings, monitoring and vulnerabilities.

Owns: programmes, their occurrences and what became of them.
Records: occurrences planned, done, moved and missed.
May call: slo, hours, tickets, contracts, accounts, events (never escalation).
"""
