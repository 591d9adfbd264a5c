"""What can be asked of rexctl, one command a file."""
