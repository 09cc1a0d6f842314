"""Commands of the contracts floor."""
