"""What was promised: plans as data, contracts, calendars and environments.

Owns: plan versions, contracts, amendments, contacts, environments, windows, golden rules, interconnections
and onboarding.
Records: plans loaded; calendars changed; contracts opened, settled, amended and moved; contacts named;
windows announced and called off; environments added, changed and retired; golden rules proposed,
agreed and declined; interconnections requested, assessed, agreed, mapped and ended; preconditions met;
engineers cleared; onboarding steps done and waiting, and onboarding finished.
May call: accounts, events.
"""
