"""What client success managers watch over; one file a subject."""
