"""Whether a goal's sentence is specific and measurable, judged by its English words alone."""

from goalkit.wording.judge import Wording, has_rhythm, judge, period_named

__all__ = ["Wording", "has_rhythm", "judge", "period_named"]
