"""What the pack's own data say of the categories side by side: which of them ask for a thing, which one lists it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.common import led
from assistant.compose.draft import Draft
from assistant.compose.sentences import Sentence, read_sentences
from assistant.desk import Desk
from assistant.facts.named import facts_named
from assistant.understanding.by_category import Belonging, what_is_needed
from assistant.understanding.named_clauses import own_heading
from knowledge.models import Topic
from knowledge.pack import Pack
from knowledge.rules import Criterion

_LISTS = re.compile("包括(?P<items>[^，。；]+?) ?[0-9一二三四五六七八九十]+ ?(?:大|个)")


def listed_by_category(pack: Pack) -> dict[str, str]:
    """What the categories' own clauses list (综合型, 平台化设计, 三星级), and of which category each is."""
    return {item: category.id for category in pack.notice.categories for item in _items(pack, category.id)}


def asked_of_some(desk: Desk, plain: str) -> tuple[Criterion, ...]:
    """The criteria of the facts that a question names, where these are conditions of some categories only."""
    schema, rules = desk.pack.schema, desk.pack.rules.criteria
    named = facts_named(what_is_needed(plain), schema, desk.cues)
    every = len(desk.pack.notice.categories)
    specs = [schema.spec(name) for name in named]
    if not specs or any(len(spec.categories) == every for spec in specs):
        return ()
    return tuple(one for one in rules if set(one.facts) & named)


def needed_draft(desk: Desk, criteria: Sequence[Criterion], topic: Topic) -> Draft:
    """Which categories have these conditions, in the notice's words, and which have none of them."""
    notice, told = desk.pack.notice, desk.phrases.by_category
    ids = [category.id for category in notice.categories]
    bound = [each for each in ids if any(each in one.categories for one in criteria)]
    # A quote may hold the end of a sentence, so that these are not cut out of one text.
    sentences = []
    for each in bound:
        own = [one for one in criteria if each in one.categories]
        quotes = "」「".join(dict.fromkeys(one.quote for one in own))
        text = told["needed"].format(short=notice.category(each).short, quotes=quotes)
        sentences.append(Sentence(text, tuple(dict.fromkeys(one.clause for one in own))))
    others = [each for each in ids if each not in bound]
    headings = [own_heading(desk.pack.tree, each) for each in others]
    shorts = "、".join(notice.category(each).short for each in others)
    silent = told["not_needed"].format(others=shorts)
    sentences.append(Sentence(silent, tuple(heading.id for heading in headings if heading)))
    return Draft(
        route="lookup",
        category=bound[0] if len(bound) == 1 else None,
        topic=topic.id,
        sentences=tuple(sentences),
        quotes={one.clause: tuple(c.quote for c in criteria if c.clause == one.clause) for one in criteria},
    )


def belonging_draft(desk: Desk, asked: Belonging, topic: Topic) -> Draft:
    """The category that lists a word; of one that does not, what it lists instead."""
    pack, phrases = desk.pack, desk.phrases
    category = pack.notice.category(asked.owner)
    text = phrases.by_category["listed"].format(word=asked.word, short=category.short, clause=category.clause)
    right = asked.owner in asked.looked_in
    if not right:
        text += "".join(
            phrases.by_category["lists"].format(
                short=pack.notice.category(each).short,
                items="、".join(_items(pack, each)),
                clause=pack.notice.category(each).clause,
            )
            for each in asked.looked_in
        )
    alone = len(asked.looked_in) == 1
    answer = ("has" if right else "has_not") if asked.had else "right" if right else "wrong"
    lead = "" if right and not alone else phrases.check[answer]
    return Draft(
        route="lookup",
        category=asked.looked_in[0] if alone else asked.owner,
        topic=topic.id,
        sentences=led(read_sentences(text), lead),
    )


def alike_for_all(desk: Desk, draft: Draft) -> Draft:
    """The answer with the word before it that it holds of all categories; as it is where that is not sure.

    It is not where a clause binds some categories only, or where the answer itself tells them apart.
    """
    notice, tree = desk.pack.notice, desk.pack.tree
    shorts = [category.short for category in notice.categories]
    cited = [tree.get(clause) for sentence in draft.sentences for clause in sentence.clauses]
    said = "".join(sentence.text for sentence in draft.sentences)
    apart = any(short in said for short in shorts) or any(len(c.categories) < len(shorts) for c in cited)
    if draft.route != "lookup" or not cited or apart:
        return draft
    lead = desk.phrases.by_category["alike"].format(shorts="、".join(shorts))
    return replace(draft, category=None, sentences=led(draft.sentences, lead))


def _items(pack: Pack, category: str) -> tuple[str, ...]:
    clause = pack.notice.category(category).clause
    listed = _LISTS.search("".join(pack.tree.get(clause).text.split())) if clause in pack.tree else None
    return tuple(listed["items"].split("、")) if listed else ()
