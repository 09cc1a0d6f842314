"""Where strips, charts and calendars have their parts: pure functions, without requests or rows."""
