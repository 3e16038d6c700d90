"""What we say back: facts from speech, routing, eligibility, composing and verifying answers."""
