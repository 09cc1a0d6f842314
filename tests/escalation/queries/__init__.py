"""Tests of what escalation reads."""
