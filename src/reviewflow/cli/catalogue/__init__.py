"""``reviewflow catalogue``."""
