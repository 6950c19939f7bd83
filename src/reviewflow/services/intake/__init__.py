"""Intake: from files and tables to documents, proposals and cases."""
