"""Readers of Office Open XML: .docx and .xlsx."""
