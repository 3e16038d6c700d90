"""One module a kind of answer; each turns a decision into a draft."""
