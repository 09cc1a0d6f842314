"""Tests of the work: queries."""
