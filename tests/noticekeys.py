"""A drafted notice held against what a person read in it: how much of each kind is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.drafting.draft import Draft, draft_notice, read_text
from knowledge.normalise import squeeze
from knowledge.rules import AtLeast, Comparison, DateAfter, Tenure

NOTICES = Path(__file__).parent / "fixtures" / "notices"
KINDS = ("head", "categories", "clauses", "days", "contacts", "annexes", "proposals")


@dataclass(frozen=True)
class Score:
    """How many of a kind are right, of how many expected or found, whichever is more; `wrong` tells the others."""

    right: int
    of: int
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Right ones among all."""
        return self.right / self.of if self.of else 1.0


def notices(folder: Path = NOTICES) -> list[Path]:
    """The notices of a folder that have a key."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and key_file(file).exists() and file != key_file(file)
    )


def key_file(notice: Path) -> Path:
    """The key of a notice."""
    return notice.with_name(notice.name.split(".")[0] + ".key.yaml")


def drafted(notice: Path) -> Draft:
    """The notice as drafting understands it, without any hand edit."""
    source, _ = read_text([notice])
    return draft_notice("test-notice", source)


def scores(draft: Draft, key: dict[str, Any]) -> dict[str, Score]:
    """Each kind of the draft held against the key."""
    names = {category.id: category.name for category in draft.notice.categories}
    notice, head = draft.notice, draft.head

    def named(ids: Sequence[str]) -> Any:
        return "all" if len(ids) == len(names) else sorted(names[i] for i in ids)

    clauses = {c.id: squeeze(c.heading if c.bare else c.heading + c.text) for c in draft.tree}
    wanted = {(i, squeeze(words)) for i, words in key["clauses"].items()}
    got = {(i, words) for i, words in wanted if i in clauses and (words in clauses[i][: len(words) + 40])}
    extra = [i for i in clauses if i not in key["clauses"] and not i.endswith(".after") and not _is_table(i)]
    clause_score = Score(
        len(got), len(wanted) + len(extra), tuple(i for i, _ in wanted - got) + tuple(f"+{i}" for i in extra)
    )
    return {
        "head": _equal(
            {
                "title": head.title.value if head.title else "",
                "number": squeeze(notice.document_number),
                "authority": notice.issuing_authority,
                "issued_on": str(notice.issued_on),
                "addressees": head.addressees.value if head.addressees else "",
                "address": notice.mailing_address,
            },
            {
                name: key[name]
                for name in ("title", "number", "authority", "issued_on", "addressees", "address")
            },
        ),
        "categories": _sets({(c.name,) for c in notice.categories}, {(name,) for name in key["categories"]}),
        "clauses": clause_score,
        "days": _sets(
            {(d.role, str(d.day), d.time, _frozen(named(d.categories))) for d in draft.days},
            {(role, day, time, _frozen(whose)) for role, day, time, whose in key["days"]},
        ),
        "contacts": _contacts(draft, key),
        "annexes": _sets({(a.number, a.title) for a in notice.annexes}, set(key["annexes"].items())),
        "proposals": _proposals(draft, key["proposals"]),
    }


def load_key(notice: Path) -> dict[str, Any]:
    """What a person read in a notice."""
    key: dict[str, Any] = yaml.safe_load(key_file(notice).read_text(encoding="utf-8"))
    return key


def _is_table(clause: str) -> bool:
    return clause.rsplit(".", 1)[-1].startswith("t")


def _frozen(whose: Any) -> Any:
    return tuple(sorted(whose)) if isinstance(whose, list) else whose


def _equal(found: dict[str, str], wanted: dict[str, str]) -> Score:
    wrong = tuple(
        f"{name}: {found[name]!r}" for name in wanted if squeeze(found[name]) != squeeze(wanted[name])
    )
    return Score(len(wanted) - len(wrong), len(wanted), wrong)


def _sets(found: set[Any], wanted: set[Any]) -> Score:
    wrong = [f"-{each}" for each in sorted(wanted - found, key=str)] + [
        f"+{each}" for each in sorted(found - wanted, key=str)
    ]
    return Score(len(found & wanted), max(len(found), len(wanted)), tuple(wrong))


def _contacts(draft: Draft, key: dict[str, Any]) -> Score:
    """A phone is right with its person and the department or matter that it belongs to."""
    found = {squeeze(c.phone): c for c in draft.contacts if c.phone}
    wrong, right = [], 0
    for phone, person, label in key["contacts"]:
        contact = found.get(squeeze(phone))
        if (
            contact
            and contact.person == person
            and (label in contact.label or (contact.label and contact.label in label))
        ):
            right += 1
        else:
            wrong.append(
                f"-{phone} {person} {label}: {contact.label + '/' + contact.person if contact else None}"
            )
    extra = set(found) - {squeeze(phone) for phone, _, _ in key["contacts"]}
    mails = {c.email for c in draft.contacts if c.email}
    right += len(mails & set(key["mails"]))
    wrong += [f"mail {m}" for m in mails ^ set(key["mails"])] + [f"+{phone}" for phone in extra]
    return Score(right, len(key["contacts"]) + len(set(key["mails"]) | mails) + len(extra), tuple(wrong))


def _proposals(draft: Draft, wanted: list[list[Any]]) -> Score:
    """Which of the expected rules were proposed, with their number; further proposals are for a person to reject."""
    told = []
    for proposal in draft.proposals:
        rule = proposal.criterion.rule
        value: Any = None
        if isinstance(rule, Comparison):
            value = rule.threshold
        elif isinstance(rule, Tenure):
            value = rule.years
        elif isinstance(rule, DateAfter):
            value = str(rule.day)
        elif isinstance(rule, AtLeast):
            value = rule.count
        elif proposal.pattern == "known":
            value = proposal.facts[0].name
        told.append((proposal.clause, proposal.pattern, value))
    wrong = [
        str(one)
        for one in wanted
        if not any(c == one[0] and p == one[1] and (one[2] is None or v == one[2]) for c, p, v in told)
    ]
    return Score(len(wanted) - len(wrong), len(wanted), tuple(wrong))
