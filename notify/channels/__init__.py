"""The ways out: e-mail, webhooks, the bell; each takes something ready and says how it went."""
