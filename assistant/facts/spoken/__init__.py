"""Values as people say them, whatever they are of: text in, ranges with their places out; nothing here knows a fact.

`amounts` are sums of money, `dates` (`feasts`) days, `durations` lengths of time, `stars` levels; `days` moves days on the
calendar, `months` reckons months of use inside a period from a day or a length.
"""
