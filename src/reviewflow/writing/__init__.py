"""Finished files that people hand in or publish: the catalogue in five formats, the registers, the review form."""
