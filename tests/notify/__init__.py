"""Tests of telling people and machines."""
