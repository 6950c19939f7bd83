"""The audit chain: its entries, their verification, its anchors."""
