"""``reviewflow rules``."""
