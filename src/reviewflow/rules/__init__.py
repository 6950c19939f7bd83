"""Rules that clerks can read and change: literal words, where they stand, what follows."""
