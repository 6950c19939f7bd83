"""Operations: set up, upgrade, back up, restore, check."""
