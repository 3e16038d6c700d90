"""Yes or no before an answer, where what a message takes for the rule can be held against what the answer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.by_category import listed_by_category
from assistant.answers.common import led
from assistant.compose.draft import Draft
from assistant.desk import Desk
from assistant.understanding.checks import only_the_value, stars_asked, value_claimed, word_looked_for
from knowledge.values import Value, find_values

_ALIKE = 2
"""First characters by which a word resembles one of a list: 智能制造, 智能化制造."""


def checked(desk: Desk, draft: Draft, plain: str) -> Draft:
    """The answer with 是 or 不是 before it where that is certain; as it is where it is not."""
    if draft.route not in ("lookup", "contact") or not draft.sentences:
        return draft
    lead = _of_a_value(desk, draft, plain) or _of_stars(desk, draft, plain) or _of_a_list(desk, draft, plain)
    return replace(draft, sentences=led(draft.sentences, lead)) if lead else draft


def _of_a_value(desk: Desk, draft: Draft, plain: str) -> str:
    """What is certain of the one phone, sum or day claimed: that the answer has that, or others alone."""
    claimed, check = value_claimed(plain), desk.phrases.check
    if claimed is None or (claimed.kind == "date" and _left_to_localities(desk, draft)):
        return ""
    alone = claimed.kind == "phone" or only_the_value(desk.names.without_names(plain), claimed)
    told = [v for sentence in draft.sentences for v in find_values(sentence.text) if v.kind == claimed.kind]
    if not told or not alone:
        return ""
    same = [value for value in told if _same(desk, claimed, value)]
    if not same:
        return check["not_it"].format(said=claimed.text)
    sense = claimed.sense is None or all(claimed.sense == value.sense for value in same)
    return check["right"] if len(same) == len(told) and sense and draft.category else ""


def _same(desk: Desk, claimed: Value, told: Value) -> bool:
    return replace(claimed, sense=None).claims(replace(told, sense=None), desk.pack.notice.undated)


def _left_to_localities(desk: Desk, draft: Draft) -> bool:
    """Whether the answer stands on a clause by which localities set their own days."""
    own = {window.clause for window in desk.pack.notice.windows if window.set_locally}
    return any(own & set(sentence.clauses) for sentence in draft.sentences)


def _of_stars(desk: Desk, draft: Draft, plain: str) -> str:
    """The stars asked of that the notice has nowhere."""
    asked = stars_asked(plain)
    if not asked or not _listing(desk, draft):
        return ""
    printed = {v.key for clause in desk.pack.tree for v in find_values(clause.text) if v.kind == "star"}
    unknown = dict.fromkeys(value.text for value in asked if value.key not in printed)
    return desk.phrases.check["no_star"].format(said="、".join(unknown)) if unknown and printed else ""


def _of_a_list(desk: Desk, draft: Draft, plain: str) -> str:
    """Whether a list that the answer tells whole has the word looked for; words that only resemble one decide nothing."""
    word = word_looked_for(plain)
    listed = _listing(desk, draft)
    if word is None or not listed or desk.names.named(word):
        return ""
    if word in listed:
        return desk.phrases.check["listed"].format(said=word)
    alike = any(item.startswith(word[:_ALIKE]) or set(word) <= set(item) for item in listed)
    return "" if alike else desk.phrases.check["not_listed"].format(said=word)


def _listing(desk: Desk, draft: Draft) -> Sequence[str]:
    """What the categories' own clauses list, of those on which alone an answer stands."""
    own = {category.clause: category.id for category in desk.pack.notice.categories}
    cited = {clause for sentence in draft.sentences for clause in sentence.clauses}
    if not cited or not cited <= set(own):
        return ()
    whose = {own[clause] for clause in cited}
    return [item for item, category in listed_by_category(desk.pack).items() if category in whose]
