"""Arithmetic of paid time: rounding, buckets, periods, warnings, forecast; pure, whole minutes throughout."""
