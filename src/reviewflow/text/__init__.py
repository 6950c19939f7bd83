"""From files to documents: reading, tidying, words, sensitive spans."""
