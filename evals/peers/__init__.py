"""Other frameworks on the same questions, notice, embedding model and machine, without a language model."""
