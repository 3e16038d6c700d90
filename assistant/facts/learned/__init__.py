"""What phrases state and whose values they mention, learned from phrases that people said (said/*.jsonl of a pack).

`lessons` is what a phrase teaches, `mentions` the values in it, `grams` the text as features, `machines` the linear
machines, `model` all of it trained, kept and asked.
"""
