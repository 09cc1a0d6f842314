"""REST v1: the same use cases for machines, one file a resource.

Owns: idempotency keys and nothing else.
Records: nothing.
May call: every app below it, but neither web nor intake.
"""
