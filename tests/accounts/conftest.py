"""The tests of people and clients run without the floors above them."""

from tests.factories.floors import nothing_reacts

__all__ = ["nothing_reacts"]
