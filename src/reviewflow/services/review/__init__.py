"""The review: signing, and what follows from the last signature."""
