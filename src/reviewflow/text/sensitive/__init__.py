"""Sensitive spans: one small detector per kind, all over one shared scan of the text."""

from reviewflow.text.sensitive.detect import Detectors, shipped_detectors

__all__ = ["Detectors", "shipped_detectors"]
