"""The pure part of the doors: reading what other systems and anybody's mail programs send."""
