"""rexctl: a log of trade-policy events, kept as YAML files in git."""

__version__ = "0.1.0"
