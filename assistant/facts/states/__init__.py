"""Yes-or-no facts: there is an audit report, the project is built, the books are in order.

`topics` finds what a phrase speaks of and which yes or no speaks of it; `read` reads the facts, `by_day` from days, `several` where one
yes serves many; `answered` answers what was asked, `carried` what the phrase before named; `withdrawn` is taken back, `will_do` only
asked, `unsettled` left open by the notice.
"""
