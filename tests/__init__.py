"""The suite: mirrors the code, and holds the house to its law."""
