"""The pure part of escalation: the ladder of tiers."""
