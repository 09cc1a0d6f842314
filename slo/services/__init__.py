"""Writing clocks: projection, the sweep of what is due, agreements and the rebuild."""

from slo.services.agreeing import agree_updates, end_agreement
from slo.services.projection import project, project_many, project_opened, project_waiting
from slo.services.rebuilding import Mismatch, rebuild
from slo.services.sweeping import sweep_due

__all__ = [
    "Mismatch",
    "agree_updates",
    "end_agreement",
    "project",
    "project_many",
    "project_opened",
    "project_waiting",
    "rebuild",
    "sweep_due",
]
