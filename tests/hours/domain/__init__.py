"""Tests of the pure rules of paid time."""
