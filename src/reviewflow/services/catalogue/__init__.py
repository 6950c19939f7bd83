"""The catalogue: entries, amendments, publications, exports, and the register of what is withheld."""
