"""The words in which pages tell what was found."""
