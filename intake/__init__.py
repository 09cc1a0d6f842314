"""What comes in by other doors: mail, monitoring alerts and phone entry.

Owns: receipts of incoming mail and alerts, with their raw bytes.
Records: mail that waits for a person, and what the person decided.
May call: every app below it, but neither web nor api, which show what waits here.
"""
