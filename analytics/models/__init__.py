"""Rows of the desk as a whole."""

from analytics.models.demo import DemoClock

__all__ = ["DemoClock"]
