"""``reviewflow audit``."""
