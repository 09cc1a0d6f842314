"""The pure part of tickets: their life cycle."""
