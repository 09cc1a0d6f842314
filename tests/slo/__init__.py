"""Tests of promises against the clock."""
