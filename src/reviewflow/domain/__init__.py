"""What the trade is about, in frozen dataclasses, enums and functions of the standard library alone."""
