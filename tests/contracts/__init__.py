"""What was promised, held to its word."""
