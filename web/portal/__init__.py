"""What contacts see: their client's portal; one file a subject."""
