"""What staff type: one file a subject."""
