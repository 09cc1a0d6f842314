"""Tests of escalation, mirroring the app."""
