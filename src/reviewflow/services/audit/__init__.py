"""Audit: the chain and what it binds, verified; refused attempts on record."""
