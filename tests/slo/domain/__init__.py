"""Tests of the fold, on plain values."""
