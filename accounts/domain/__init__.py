"""The pure part of accounts: secrets and what makes a password acceptable."""
