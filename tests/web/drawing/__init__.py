"""What the drawings reckon."""
