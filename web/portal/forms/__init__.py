"""What contacts fill in; forms clean and never save."""
