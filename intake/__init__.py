"""What comes in by other doors: mail, monitoring alerts and phone entry.

Owns: receipts of incoming mail and alerts, with their raw bytes; outcomes of rows taken over from another
desk; exports of a client's belongings.
Records: mail that waits for a person, and what the person decided; exports asked for and fetched.
May call: every app below it, but neither web nor api, which show what waits here.
"""
