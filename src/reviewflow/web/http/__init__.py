"""What stands around every page: middleware, failures, limits, answers."""
