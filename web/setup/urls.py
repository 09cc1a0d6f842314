"""The addresses of this side, one line a page."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.setup import (
    beginning,
    calendars,
    clients,
    contacts,
    contract,
    contract_people,
    duties,
    environments,
    exports,
    interconnections,
    keys,
    monitoring,
    outbox,
    people,
    plans,
    rules,
    team_hours,
    terms,
    webhooks,
)
from web.setup import path as escalation_path

app_name = "setup"

CLIENT = "clients/<str:client>/"
CONTRACT = "contracts/<int:contract_id>/"
JOINED = "interconnections/<int:interconnection_id>/"
HOOK = f"{CLIENT}webhooks/<int:endpoint_id>/"

clients_pages: list[URLPattern] = [
    path("", clients.front, name="front"),
    path("clients/", clients.clients, name="clients"),
    path(CLIENT, clients.client, name="client"),
    path(f"{CLIENT}end/", clients.end, name="end_client"),
    path(f"{CLIENT}duties/", duties.assign, name="assign_duty"),
    path(f"{CLIENT}duties/<int:assignment_id>/end/", duties.end, name="end_duty"),
    path(f"{CLIENT}people/", contacts.contacts, name="contacts"),
    path(f"{CLIENT}people/<int:person_id>/role/", contacts.set_role, name="set_role"),
    path(f"{CLIENT}people/<int:person_id>/remove/", contacts.remove, name="remove_contact"),
    path(f"{CLIENT}invitations/<int:invitation_id>/", contacts.withdraw, name="withdraw_contact"),
    path(f"{CLIENT}contracts/", contract.open_one, name="open_contract"),
    path(f"{CLIENT}calendars/", calendars.new, name="new_calendar"),
    path(f"{CLIENT}calendars/<int:calendar_id>/", calendars.calendar, name="calendar"),
    path(f"{CLIENT}calendars/<int:calendar_id>/change/", calendars.change, name="change_calendar"),
    path(f"{CLIENT}keys/", keys.keys, name="keys"),
    path(f"{CLIENT}keys/<int:key_id>/rotate/", keys.rotate, name="rotate_key"),
    path(f"{CLIENT}keys/<int:key_id>/revoke/", keys.revoke, name="revoke_key"),
    path(f"{CLIENT}export/", exports.exports, name="exports"),
    path(f"{CLIENT}export/<int:export_id>/fetch/", exports.fetch, name="fetch_export"),
    path(f"{CLIENT}interconnections/", interconnections.interconnections, name="interconnections"),
    path(JOINED, interconnections.interconnection, name="interconnection"),
    path(f"{JOINED}assess/", interconnections.assess, name="assess_interconnection"),
    path(f"{JOINED}agree/", interconnections.agree, name="agree_interconnection"),
    path(f"{JOINED}end/", interconnections.end, name="end_interconnection"),
    path(f"{JOINED}maps/", interconnections.maps, name="interconnection_maps"),
    path(f"{CLIENT}webhooks/", webhooks.webhooks, name="webhooks"),
    path(HOOK, webhooks.webhook, name="webhook"),
    path(f"{HOOK}change/", webhooks.change, name="change_webhook"),
    path(f"{HOOK}secret/", webhooks.renew_secret, name="renew_secret"),
    path(f"{HOOK}suspend/", webhooks.suspend, name="suspend_webhook"),
    path(f"{HOOK}resume/", webhooks.resume, name="resume_webhook"),
    path(f"{HOOK}remove/", webhooks.remove, name="remove_webhook"),
    path(f"{HOOK}deliveries/<int:delivery_id>/again/", webhooks.again, name="webhook_again"),
]
contracts_pages: list[URLPattern] = [
    path(CONTRACT, contract.contract, name="contract"),
    path(f"{CONTRACT}settle/", contract.settle, name="settle"),
    path(f"{CONTRACT}end/", contract.end, name="end_contract"),
    path(f"{CONTRACT}amend/", terms.amend_contract, name="amend"),
    path(f"{CONTRACT}move/<int:version_id>/", terms.move, name="move"),
    path(f"{CONTRACT}people/", contract_people.people, name="contract_people"),
    path(f"{CONTRACT}people/name/", contract_people.name_one, name="name_contact"),
    path(f"{CONTRACT}people/<int:person_id>/swap/", contract_people.swap, name="swap_contact"),
    path(f"{CONTRACT}people/<int:person_id>/release/", contract_people.release, name="release_contact"),
    path(f"{CONTRACT}clearances/", contract_people.clear, name="clear"),
    path(f"{CONTRACT}clearances/<int:person_id>/end/", contract_people.unclear, name="unclear"),
    path(f"{CONTRACT}path/", escalation_path.path, name="path"),
    path(f"{CONTRACT}systems/", environments.environments, name="environments"),
    path(f"{CONTRACT}systems/add/", environments.add, name="add_environment"),
    path("systems/<int:environment_id>/", environments.change, name="change_environment"),
    path("systems/<int:environment_id>/retire/", environments.retire, name="retire_environment"),
    path("systems/<int:environment_id>/maintenance/", environments.announce, name="announce"),
    path("systems/<int:environment_id>/monitoring/", monitoring.monitoring, name="monitoring"),
    path("systems/<int:environment_id>/monitoring/watch/", monitoring.watch, name="watch"),
    path(
        "systems/<int:environment_id>/monitoring/<slug:check>/",
        monitoring.change_monitor,
        name="change_monitor",
    ),
    path(
        "monitoring-keys/<int:monitoring_key_id>/revoke/",
        monitoring.revoke_key,
        name="revoke_monitoring_key",
    ),
    path("maintenance/<int:window_id>/call-off/", environments.call_off, name="call_off"),
    path(f"{CONTRACT}beginning/", beginning.beginning, name="beginning"),
    path(f"{CONTRACT}beginning/<int:step_id>/done/", beginning.finish, name="finish_step"),
    path(f"{CONTRACT}beginning/<int:step_id>/wait/", beginning.hold, name="hold_step"),
    path(f"{CONTRACT}beginning/<int:step_id>/resume/", beginning.resume, name="resume_step"),
    path(f"{CONTRACT}preconditions/<slug:precondition>/", beginning.prove, name="prove"),
    path(f"{CONTRACT}rules/", rules.rules, name="rules"),
    path(f"{CONTRACT}rules/propose/", rules.propose, name="propose_rule"),
    path(f"{CONTRACT}rules/<int:sop_id>/propose/", rules.propose, name="propose_wording"),
    path(f"{CONTRACT}rules/wordings/<int:version_id>/agree/", rules.agree, name="agree_rule"),
    path(f"{CONTRACT}rules/wordings/<int:version_id>/decline/", rules.decline, name="decline_rule"),
]
house_pages: list[URLPattern] = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:plan>/", plans.plan, name="plan"),
    path("plans/<slug:plan>/<int:before>-<int:after>/", plans.difference, name="plan_difference"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/role/", people.set_role, name="set_staff_role"),
    path("people/<int:person_id>/close/", people.close, name="close_account"),
    path("people/<int:person_id>/reopen/", people.reopen, name="reopen_account"),
    path("people/invitations/<int:invitation_id>/", people.withdraw, name="withdraw_staff"),
    path("people/teams/", people.new_team, name="new_team"),
    path("people/teams/<int:team_id>/", people.team, name="team"),
    path("people/teams/<int:team_id>/hours/", team_hours.team_hours, name="team_hours"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:delivery_id>/again/", outbox.again, name="send_again"),
]
urlpatterns: list[URLPattern] = [*clients_pages, *contracts_pages, *house_pages]
