"""How many there are: of a group of things that the notice counts (7个方向占了2个), or of an indicator with a unit of its own.

`subjects` finds the groups that a phrase names, `counted` the number said of one, `groups` what is said of several at once; `read` reads
the counts, `measures` the indicators.
"""
