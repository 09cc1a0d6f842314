"""Tests of monitoring: alerts, problems, probes, keys."""
