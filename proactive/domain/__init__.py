"""The pure part of proactive services: when each of them is due."""
