"""What is in force: the state and the terms of measures at any instant, computed from the events.

Nothing here reads a file: `fold.Fold` takes events and answers. The rules are those of the section
"What is in force" of the codebook; tests/measures has the smallest example of each.
"""
