"""What happened: the append-only log and its dispatch.

Owns: the event log (Record) and the sequence of its rows.
Records: nothing of its own; it keeps what the apps above record.
May call: no app of ours; it is the ground floor.
"""
