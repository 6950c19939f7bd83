"""The review desk in the browser: pages, forms and the JSON interface over the same services as the command line."""
