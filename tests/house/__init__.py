"""Tests of the house itself: floors, style, settings, processes."""
