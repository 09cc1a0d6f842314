"""The tests of the log run without the floors above it."""

from tests.factories.floors import nothing_reacts

__all__ = ["nothing_reacts"]
