"""What people do with the ledger. One function is one transaction is one audit entry."""
