"""Sensitive spans: one small detector per kind, all over one shared scan of the text."""

from reviewflow.text.sensitive.detect import find_sensitive

__all__ = ["find_sensitive"]
