"""The deterministic eligibility checker: three-valued, with a trace, a reason and a remedy for each criterion."""

from assistant.eligibility.evaluate import Evaluation, evaluate
from assistant.eligibility.remedy import Remedy, remedies
from assistant.eligibility.report import check
from assistant.eligibility.window import application_days, window_status

__all__ = ["Evaluation", "Remedy", "application_days", "check", "evaluate", "remedies", "window_status"]
