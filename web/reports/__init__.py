"""Reports that both sides of the desk open, each with its own reader's rights."""
