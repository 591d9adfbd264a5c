"""The file format: parse, positions, serialize, edit in place with comments kept."""
