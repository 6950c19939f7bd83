"""Readers of OLE2 containers: .doc, .wps and .xls."""
