"""The work: tickets, their messages, attachments, participants and approvals.

Owns: tickets and everything written on them, documents owed and the steps of planned changes too.
Records: every move, reply, note and assignment of a ticket, documents owed and published, changes.
May call: contracts, accounts, events.
"""
