"""A promise in danger: tiers, coverage and handoffs.

Owns: escalations, coverage of teams and regions, handoffs.
Records: escalations raised, taken and ended; handoffs offered and taken.
May call: slo, hours, tickets, contracts, accounts, events (never proactive).
"""
