"""The JSON interface: the same services as the pages, for programs that carry a person's token."""
