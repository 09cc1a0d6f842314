"""Pages: the portal for clients, the desk for staff, success and setup.

Owns: no rows; it renders and calls one service an action.
Records: nothing.
May call: every app below it, but neither api nor intake.
"""
