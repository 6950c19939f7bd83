"""Readers: one per format behind one small protocol."""
