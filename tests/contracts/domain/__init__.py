"""Plans and calendars as plain values, held to their rules."""
