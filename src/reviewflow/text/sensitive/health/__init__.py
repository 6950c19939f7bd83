"""Detectors of health information."""
