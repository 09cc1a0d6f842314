"""What was promised, as arithmetic and policy: plans, calendars, coverage, contacts. Knows no framework."""
