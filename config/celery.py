"""The Celery app, and the timetable of every sweep.

Celery carries, it does not remember: each sweep finds its work in tables, may be lost or doubled, and
takes no argument. Beat only rings the bell; a bell that nobody heard in time expires.
"""

import os
from typing import Final

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What is swept, by which task, every how many seconds.
SWEEPS: Final[dict[str, tuple[str, float]]] = {
    "records": ("notify.tasks.dispatch_records", 2),
    "deliveries": ("notify.tasks.deliver_due", 2),
    "clocks": ("slo.tasks.sweep_clocks", 5),
    "escalations": ("escalation.tasks.sweep_escalations", 10),
    "handoffs": ("escalation.tasks.sweep_handoffs_due", 20),
    "follow_ups": ("escalation.tasks.tell_late_follow_ups", 60),
    "absences": ("escalation.tasks.stand_in_for_absent", 60),
    "resolved": ("tickets.tasks.close_resolved", 60),
    "documents": ("tickets.tasks.sweep_documents", 60),
    "periods": ("hours.tasks.sweep_periods", 60),
    "timers": ("hours.tasks.sweep_timers", 60),
    "occurrences": ("proactive.tasks.sweep_occurrences", 60),
    "mailings": ("proactive.tasks.sweep_mailings", 2),
    "alerts": ("proactive.tasks.sweep_alerts", 2),
    "old_alerts": ("proactive.tasks.forget_alerts", 60),
    "problems": ("proactive.tasks.sweep_problems", 30),
    "advisories": ("intake.tasks.sweep_advisories", 60),
    "probes": ("intake.tasks.sweep_probes", 10),
    "answers": ("api.tasks.forget_answers", 60),
    "exports": ("intake.tasks.sweep_exports", 5),
    "mail": ("intake.tasks.fetch_unread_mail", 10),
    "mail_sorting": ("intake.tasks.sort_received_mail", 5),
    "unsent_files": ("tickets.tasks.drop_unsent_files", 60),
    "presence": ("tickets.tasks.forget_who_was_there", 60),
}

app = Celery("caredesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    name: {"task": task, "schedule": seconds, "options": {"expires": max(seconds * 2, 10)}}
    for name, (task, seconds) in SWEEPS.items()
}
app.autodiscover_tasks()
