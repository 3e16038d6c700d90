"""For how many months cloud services have been in use inside the counting period, the shortest of them counting.

`usage` reads it and `shortest` tells which counts; `listed_use` reads lists of services, `ended` uses that are over, `short_of` what
a length lacks, `left_out` services that are not claimed.
"""
