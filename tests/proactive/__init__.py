"""Tests of proactive, mirroring the app."""
