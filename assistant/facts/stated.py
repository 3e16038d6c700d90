"""Yes-or-no facts that the learned statements hear where the patterns hear nothing, or the contrary."""

from __future__ import annotations

import re

from assistant.facts.learned import StatementModel
from assistant.facts.reading import Find, Hearing

_WORDS = re.compile(r"\w")
_FEWEST = 2
"""Characters below which a phrase is no statement by itself."""


def read_stated(hearing: Hearing, finds: list[Find], statements: StatementModel) -> list[Find]:
    """What the applicant's own phrases clearly state; nothing where yes and no are about as clear.

    More is asked of a statement that contradicts the patterns or is of another category than the one discussed.
    """
    phrases = [p for p in hearing.phrases if len(_WORDS.findall(p.words)) >= _FEWEST]
    heard = statements.read([phrase.words.strip() for phrase in phrases])
    stated: list[Find] = []
    elsewhere = {(find.name, find.value) for find in finds}
    for phrase, margins in zip(phrases, heard, strict=True):
        read = {find.name: find.value for find in finds if find.phrase.position == phrase.position}
        for (name, told), margin in margins.items():
            contrary = max((m for (n, v), m in margins.items() if n == name and v != told), default=0.0)
            if contrary and margin - contrary < statements.tuning.apart:
                continue
            value = hearing.schema.spec(name).parse(told)
            if value is None or (name in read and read[name] == value):
                continue
            if name not in read and any(n == name and v != value for n, v in elsewhere):
                continue  # 公司注册在合肥，车间在南京: what a pattern read of another phrase stands
            away = hearing.category not in (None, *hearing.schema.spec(name).categories)
            tuning = statements.tuning
            least = tuning.clear if told else tuning.clear_no
            least = tuning.beyond_doubt if name in read else tuning.elsewhere if away else least
            if margin >= least and hearing.is_own(phrase, 0, len(phrase.words)):
                stated.append(hearing.find(name, value, phrase, 0, len(phrase.words)))
    return stated
