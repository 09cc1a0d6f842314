"""The pure part of the event log: what an event is, and how a refused act is named."""
