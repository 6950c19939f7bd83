"""A proposal with what it was made of, as a record and in words."""
