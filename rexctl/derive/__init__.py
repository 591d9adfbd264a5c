"""What follows from a type."""
