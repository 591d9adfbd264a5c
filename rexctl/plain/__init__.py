"""Values and contracts of the whole house: standard library only."""
