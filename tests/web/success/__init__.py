"""Pages of success."""
