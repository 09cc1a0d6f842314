"""Processes are killed, connections cut, databases restarted: nothing is lost and nothing doubled."""
