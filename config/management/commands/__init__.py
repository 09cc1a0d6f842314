"""`serve` (everything in one process tree) and `sweep` (every sweep, with no broker)."""
