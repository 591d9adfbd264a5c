"""One file for each question about what was true: takes a fold or a snapshot, returns a `Table`."""
