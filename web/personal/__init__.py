"""What a person settles for themselves on either side: notices, choices, name and zone."""
