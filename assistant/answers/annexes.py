"""What the loaded annexes say where a topic leaves a question to them: their nearest clauses, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.common import contact_sentence, contacts_for, led
from assistant.answers.topics import choose_answers
from assistant.compose.draft import Draft
from assistant.compose.join import joined_quotes
from assistant.compose.render import best_quote
from assistant.compose.sentences import Sentence, read_sentences
from assistant.desk import Desk
from assistant.understanding.annex_claims import AnnexClaim
from assistant.understanding.annex_numbers import named_annexes
from knowledge.annexes import BACKGROUND, stem_of
from knowledge.models import Annex, Clause, Topic
from knowledge.retrieval.search import Hit
from knowledge.slots import KINDS, filled, left_to

NEAREST_QUOTED, LISTED = 3, 12
"""Clauses quoted for a question, and at most for the whole of an annex."""
RELATED, SAID, CLOSE, AHEAD = 0.25, 0.45, 0.85, 0.1
"""Keyword evidence from which a clause may speak of the matter, and from which it does; how near to the best a further
one must come, and by how much an annex must be ahead of the notice to answer in its stead. Measured on questions about
a guideline with a table: what it answers had 0.49 and more, and was ahead by 0.23 and more; what it does not, 0.04."""


def annex_draft(desk: Desk, topic: Topic, categories: Sequence[str], question: str) -> Draft | None:
    """The answer of the annexes that are loaded; None where the topic leaves nothing to them, and they say no more of
    the matter than the notice does.

    What is left to annexes that are not loaded stays open, as the topic says.
    """
    notice, phrases = desk.pack.notice, desk.phrases
    named = named_annexes(question)
    if topic.titles and (asked := [annex for annex in notice.annexes if annex.number in named]):
        return _titles(desk, topic, asked)
    about = tuple(categories) or ((topic.category,) if topic.category else ())
    texts = [answer.text for answer in choose_answers(topic, categories)]
    wanted = list(dict.fromkeys(annex for text in texts for annex in left_to(text, notice, about)))
    wanted = [annex for annex in wanted if annex.number in named] if named else wanted
    loaded = [annex for annex in wanted if annex.loaded]
    if topic.route != "unresolved" or not loaded:
        return _ahead(desk, topic, about, question)
    found = [_read(desk, annex, topic, question) for annex in loaded]
    sentences = [sentence for said, _ in found for sentence in said]
    settled = len(loaded) == len(wanted) and all(sure for _, sure in found)
    if not any(sure for _, sure in found):
        sentences = [*_without_slots(texts, desk, about), *sentences]
    if len(loaded) < len(wanted):
        sentences += _left_open(texts, desk, about)
    contacts = () if settled else contacts_for(notice, about)
    if not settled and not all(c.phone in "".join(s.text for s in sentences) for c in contacts):
        sentences += contact_sentence(notice, about, phrases.contacts, phrases)
    return Draft(
        route="lookup" if any(sure for _, sure in found) else "unresolved",
        category=about[0] if len(about) == 1 else None,
        topic=topic.id,
        sentences=tuple(dict.fromkeys(sentences)),
        quotes=_quotes(sentences),
        basis=False,
        contacts=contacts,
    )


def _titles(desk: Desk, topic: Topic, annexes: Sequence[Annex]) -> Draft:
    """What the annexes asked for by number are called."""
    told = desk.phrases.annex["titled"]
    texts = [told.format(number=a.number, title=a.title, clause=a.clause) for a in annexes]
    about = {category for annex in annexes for category in annex.categories}
    return Draft(
        route="lookup",
        category=about.pop() if len(about) == 1 else None,
        topic=topic.id,
        sentences=tuple(sentence for text in texts for sentence in read_sentences(text)),
    )


def annex_claim_draft(desk: Desk, claim: AnnexClaim, topic: Topic) -> Draft:
    """Whether an annex is what it is taken to be: what it is called, and where not, which ones are that."""
    annexes = desk.pack.notice.annexes
    numbered = [annex for annex in annexes if annex.number == claim.number]
    meant = [annex for annex in annexes if claim.fits(annex)]
    right = any(annex in meant for annex in numbered)
    if right and len(meant) > 1:
        return _titles(desk, topic, meant)  # 申报书是附件4吗 leaves open whose
    told = _titles(desk, topic, numbered if right else [*numbered, *meant])
    template = desk.phrases.check["right" if right else "wrong" if numbered else "no_annex"]
    return replace(
        told,
        sentences=led(told.sentences, template.format(said=f"附件{claim.number}")),
        category=claim.categories[0] if len(claim.categories) == 1 else told.category if right else None,
    )


def _ahead(desk: Desk, topic: Topic, about: Sequence[str], question: str) -> Draft | None:
    """The answer of an annex that speaks of the matter where the notice's clauses plainly do not."""
    annexes = desk.pack.notice.annexes
    loaded = [a for a in annexes if a.loaded and (not about or set(a.categories) & set(about))]
    if not loaded or topic.route not in ("lookup", "unresolved"):
        return None
    roots = {stem_of(annex.number, background=False): annex for annex in loaded}
    best: dict[str, float] = {}
    for hit in desk.index.search(question, k=len(desk.pack.tree)):
        root, _, inner = hit.clause_id.partition(":")
        if not root.startswith(("annex-", BACKGROUND)):
            best[""] = max(best.get("", 0.0), hit.lexical)
        elif root in roots and inner:
            best[root] = max(best.get(root, 0.0), hit.lexical)
    ahead = [root for root in roots if best.get(root, 0.0) >= max(SAID, best.get("", 0.0) + AHEAD)]
    said = [sentence for root in ahead for sentence in _read(desk, roots[root], topic, question)[0]]
    if not said:
        return None
    return Draft(
        route="lookup",
        category=about[0] if len(about) == 1 else None,
        topic=topic.id,
        sentences=tuple(said),
        quotes=_quotes(said),
        basis=False,
    )


def _quotes(sentences: Sequence[Sentence]) -> dict[str, tuple[str, ...]]:
    return joined_quotes(
        [{c: (s.text.strip("「」"),)} for s in sentences for c in s.clauses if s.text.startswith("「")]
    )


def _read(desk: Desk, annex: Annex, topic: Topic, question: str) -> tuple[list[Sentence], bool]:
    """What one annex says, and whether that answers the question."""
    templates, tree = desk.phrases.annex, desk.pack.tree
    root = stem_of(annex.number, background=False)
    name = templates["name"].format(number=annex.number, title=annex.title)
    hits = desk.index.search(question, k=len(tree), within=lambda clause: clause.split(":")[0] == root)
    # What the title says as well as any clause is asked of the annex as a whole.
    least = max(RELATED, *(hit.lexical for hit in hits if hit.clause_id == root), 0.0)
    near = sorted((h for h in hits if h.clause_id != root and h.lexical >= least), key=lambda h: -h.lexical)
    if not near and topic.outlines == annex.kind:
        return _outline(desk, annex, name), True
    if not near:
        silent = templates["silent"].format(annex=name, clause=root)
        return list(_broken(read_sentences(silent))), False
    sure = near[0].lexical >= SAID
    lead = templates["says" if sure else "nearest"].format(annex=name)
    chosen = [tree.get(hit.clause_id) for hit in _closest(near)]
    return [
        Sentence(lead, breaks=True),
        *(_line(desk, c, best_quote(c.text, question)) for c in chosen),
    ], sure


def _closest(near: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in near if hit.lexical >= CLOSE * near[0].lexical][:NEAREST_QUOTED]


def _outline(desk: Desk, annex: Annex, name: str) -> list[Sentence]:
    """The conditions that were accepted of an annex; of one without any its outermost clauses."""
    tree, root = desk.pack.tree, stem_of(annex.number, background=False)
    conditions = [
        _line(desk, tree.get(one.clause), one.quote)
        for one in desk.pack.rules.criteria
        if one.clause.split(":")[0] == root
    ]
    if conditions:
        lead = desk.phrases.annex["outline"].format(annex=name)
        return [Sentence(lead, breaks=True), *conditions[:LISTED]]
    sections = [_line(desk, c, c.heading or best_quote(c.text, annex.title)) for c in tree.children(root)]
    return [Sentence(desk.phrases.annex["sections"].format(annex=name), breaks=True), *sections[:LISTED]]


def _line(desk: Desk, clause: Clause, quote: str) -> Sentence:
    text = desk.phrases.annex["line"].format(quote=" ".join(quote.split()))
    return Sentence(text, (clause.id,), breaks=True, lead=f"{clause.label} ")


def _without_slots(texts: Sequence[str], desk: Desk, about: Sequence[str]) -> list[Sentence]:
    """What the notice itself says of the matter."""
    return [
        sentence
        for text in texts
        for sentence in _broken(read_sentences(filled(text, desk.pack.notice, about)))
        if not any(contact.phone in sentence.text for contact in desk.pack.notice.contacts)
    ]


def _left_open(texts: Sequence[str], desk: Desk, about: Sequence[str]) -> list[Sentence]:
    """The sentences that leave the question to annexes which are not loaded."""
    marked = [
        part + "。" for text in texts for part in text.split("。") if any(slot in part for slot in KINDS)
    ]
    return [s for text in marked for s in _broken(read_sentences(filled(text, desk.pack.notice, about)))]


def _broken(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(Sentence(s.text, s.clauses, s.derived, breaks=True, lead=s.lead) for s in sentences)
