"""What is filled in to set things up; forms clean and never save."""
