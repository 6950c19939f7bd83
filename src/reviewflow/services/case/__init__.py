"""One case: its dossier, its page, its precedents, its review form."""
