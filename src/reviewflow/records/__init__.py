"""The ledger's tables: a Django application without pages. State changes are rows; rows that prove something stay."""
