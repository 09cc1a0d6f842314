"""Reading plan and calendar files."""
