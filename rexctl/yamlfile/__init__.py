"""The file format: parse, positions, serialize, edit in place and preserve comments."""
