"""A new notice made into a pack: what its text says by itself, and rules that a person decides on.

Nothing here is invented: every value stands with its quote and clause, and what was not found is left open.
"""
