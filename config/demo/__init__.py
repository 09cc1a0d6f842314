"""The demo world: invented people and clients on every plan, with months of history told by the services.

`world.toml` says who there is, `cases.toml` what goes wrong and is asked for. `founding` makes the people
and the contracts, `stories` tells what happens to a ticket, `routines` what happens every day, `present` what
waits at this minute; `player` lets all of it happen in the order of time. `crowd` adds tickets in bulk, for
measuring.
"""
