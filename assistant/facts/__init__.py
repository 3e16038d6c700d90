"""Reads typed facts out of what applicants write: never guessed, always with the user's own words.

`read.read_facts` hears a message (`message`), lets one reader after another find values in it, and settles on one value a fact
(`settling`). A package holds all that reads one kind of fact; each reader works on a `reading.Hearing` and returns `Find`s.

    message            the text folded, cut into phrases, whose each is and in which mood
    spoken             values as people say them, whatever they are of: amounts, dates, lengths, stars
    learned, owned     what no pattern holds: trained on said phrases; whose the values of a message are
    reading            the result types, and the message in its circumstances
    states, places     yes and no; where the applicant is registered
    times, use         registration, certificate, completion; months of use
    sums, counts       the investment; how many of a group, and indicators
    levels             the star held and the star applied for
    stated, valued     what was learned, beside what the patterns read; `terse`: a bare list
    read, settling     all of it together
    context, put_right, english, named
                       a value said alone; one in place of another; English; which facts a text names
"""

from assistant.facts.read import read_facts
from assistant.facts.reading import Ambiguity, FactsRead, StatedFact

__all__ = ["Ambiguity", "FactsRead", "StatedFact", "read_facts"]
