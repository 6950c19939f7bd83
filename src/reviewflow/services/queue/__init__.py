"""The queue: lists, search, signing in bulk, the start page."""
