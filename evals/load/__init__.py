"""Load: how many questions a second, and how long each waits, beside an endpoint that does nothing and LangChain's."""
