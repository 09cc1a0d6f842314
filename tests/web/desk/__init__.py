"""The desk's pages, each by its subject."""
