"""What can be read of contracts, and by whom."""
