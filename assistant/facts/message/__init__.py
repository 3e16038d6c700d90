"""A message before anything is read of it: folded and cut into phrases, in which mood each is said, whose it is.

`utterance` folds and cuts, with `dialect` for local words; `mood` tells what is stated, asked and supposed, `attribution` and
`parties` of whom it is said, `polarity` where it says yes and no, `talk` whether it is about the conversation alone.
"""
