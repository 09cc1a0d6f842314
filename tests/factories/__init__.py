"""Makes what tests need: clients, people in every role, contracts on any plan, tickets.

Everything goes through services where there are some, so that what a test starts from can exist.
"""

from tests.factories.desks import Desk, make_desk
from tests.factories.moments import MONDAY, moment
from tests.factories.people import actor_of, make_client, make_contact, make_staff, make_team
from tests.factories.promises import make_contract, make_environment, make_plan_version, name_contact
from tests.factories.refusals import refused
from tests.factories.work import make_ticket, reply

__all__ = [
    "MONDAY",
    "Desk",
    "actor_of",
    "make_client",
    "make_contact",
    "make_contract",
    "make_desk",
    "make_environment",
    "make_plan_version",
    "make_staff",
    "make_team",
    "make_ticket",
    "moment",
    "name_contact",
    "refused",
    "reply",
]
