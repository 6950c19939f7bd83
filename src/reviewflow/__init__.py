"""Explained disclosure proposals for the documents of Chinese government offices."""

__version__ = "0.1.0"
