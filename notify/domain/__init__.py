"""The pure part of telling: when to try again, and how a moment reads in a mail."""
