"""Who there is: clients, people, memberships, teams, keys and sign-in.

Owns: clients (tenants), people, memberships, roles, teams and API keys.
Records: changes of membership, of roles, of keys and of sign-in.
May call: events.
"""
