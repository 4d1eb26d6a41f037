"""The expressions of time in a text, and the days that they mean."""

from briefing.text.times.expressions import SINCE, TimeExpression, find_times

__all__ = ["SINCE", "TimeExpression", "find_times"]
