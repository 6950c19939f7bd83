"""Backup files: one tar of tables, originals and configuration."""
