"""What commands share: tables, values, the signed-in person, troubles."""
