"""The configuration of an installation: settings, law, rules, catalogue, calendar and model, as one thing."""
