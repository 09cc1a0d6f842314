"""Tests of the work: services."""
