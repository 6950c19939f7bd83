"""``reviewflow queue``."""
