"""The pages: each parses, calls one function of a service, renders."""
