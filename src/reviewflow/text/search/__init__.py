"""Keys under which texts are found again: character grams, sketches."""
