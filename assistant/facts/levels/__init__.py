"""Star levels: the one held today and the one applied for.

`read` finds the levels of a message; `roles` tells what one is to whoever names it, by `words` beside it and by `together` where several
are named; `applied` and `held` read the levels that no verb tells of.
"""
