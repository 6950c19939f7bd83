"""Detectors of numbers: identity numbers, telephones, accounts, plates."""
