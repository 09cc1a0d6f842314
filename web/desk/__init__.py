"""What engineers and leads work at all day; one file a subject."""
