"""Work nobody has to ask for, by noun: programmes, what they owe and what is written for it, monitoring."""

from proactive.models.assessments import AssessedEnvironment, Assessment, Check, Finding
from proactive.models.licences import LicenceLine, LicenceReview
from proactive.models.mailings import Mailing, MailingItem, MailingKind, MailingRecipient, MailingState, Topic
from proactive.models.monitoring import Monitor, MonitoringKey, Probe, ProbeDay, Watch
from proactive.models.problems import STANDING_COLUMNS, Alert, Outcome, Problem, Receipt
from proactive.models.programmes import OPEN_STATES, Occurrence, Programme, State
from proactive.models.reviews import Review, ReviewAction
from proactive.models.vendors import VendorNote, VendorRequest
from proactive.models.vulnerabilities import Advisory, ExposedEnvironment, Exposure, FeedRead
from proactive.models.webinars import Registration, Webinar, WebinarState

__all__ = [
    "OPEN_STATES",
    "STANDING_COLUMNS",
    "Advisory",
    "Alert",
    "AssessedEnvironment",
    "Assessment",
    "Check",
    "ExposedEnvironment",
    "Exposure",
    "FeedRead",
    "Finding",
    "LicenceLine",
    "LicenceReview",
    "Mailing",
    "MailingItem",
    "MailingKind",
    "MailingRecipient",
    "MailingState",
    "Monitor",
    "MonitoringKey",
    "Occurrence",
    "Outcome",
    "Probe",
    "ProbeDay",
    "Problem",
    "Programme",
    "Receipt",
    "Registration",
    "Review",
    "ReviewAction",
    "State",
    "Topic",
    "VendorNote",
    "VendorRequest",
    "Watch",
    "Webinar",
    "WebinarState",
]
