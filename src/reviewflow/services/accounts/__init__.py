"""Accounts: people, roles, stand-ins, sign-ins, tokens."""
