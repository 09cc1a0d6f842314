"""The pure part of what comes in."""
