"""Coaching: what would make a goal easier to reach, said as hints, with an example."""

from goalkit.lint.coach import lint

__all__ = ["lint"]
