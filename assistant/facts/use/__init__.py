"""For how many months cloud services have been in use inside the counting period, the shortest of them counting.

`usage` reads it, `listed_use` lengths in a list of services, `left_out` services that are not claimed.
"""
