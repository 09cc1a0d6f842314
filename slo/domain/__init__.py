"""The pure part of service levels: terms, a ticket's timeline, and the fold of both into clocks."""
