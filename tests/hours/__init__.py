"""Tests of paid time: the pure rules, the ledger on both databases, statements, refusals."""
