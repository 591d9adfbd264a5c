"""What an event is: Pydantic types, their schema tables, JSON Schema and codebook."""
