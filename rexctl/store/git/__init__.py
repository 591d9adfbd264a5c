"""What git knows of the log, asked by plumbing alone."""
