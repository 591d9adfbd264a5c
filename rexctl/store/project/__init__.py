"""What lies around a log: the repository that holds it, and what hosts and hooks run there."""
