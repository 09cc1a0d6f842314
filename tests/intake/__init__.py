"""What comes in by mail and from other systems: received once, and never trusted."""
