"""From a decision to an answer: sentences with their clauses, verified, numbered and laid out."""
