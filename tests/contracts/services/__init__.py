"""What the services of the contracts floor write and refuse."""
