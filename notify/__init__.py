"""Telling people and machines: the outbox, e-mail, webhooks and in-app notices.

Owns: endpoints, preferences, deliveries (the outbox) and their attempts.
Records: deliveries given up or sent again by hand; endpoints added, changed, suspended, resumed.
May call: every app below it.
"""
