"""Tests of what escalation writes."""
