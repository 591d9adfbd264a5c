"""Files written whole or not at all: the rooms behind the writer."""
