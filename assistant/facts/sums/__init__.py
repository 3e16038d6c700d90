"""The sum of money that a message comes to: what each sum in it is to the whole, and how they are reckoned together.

`shares` finds the sums of a phrase; `kinds` tells what one is of, `roles` what it is to the whole, `of_the_rule` whether the notice
asks for it, `bare_sums` whether a number is one, `reckoned` what comes of 每年600万; `beside`, `payments` and `years_spent` what does
not come on top, `deducted` what is taken off; `spending` adds them up, `spending_told` beside what was told before.
"""
