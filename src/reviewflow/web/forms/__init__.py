"""From a form to named, bounded fields and intents."""
