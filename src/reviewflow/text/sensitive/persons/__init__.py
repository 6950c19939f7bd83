"""Detectors of private persons by name."""
