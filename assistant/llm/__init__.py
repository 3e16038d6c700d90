"""A language model where one is configured: it advises on reading and wording, and never decides or supplies anything."""
