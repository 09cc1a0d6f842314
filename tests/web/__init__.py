"""Pages: what is shown to whom, and how it is said."""
