"""A pack held against its own text: what its data say must stand in the clauses that they name."""

from __future__ import annotations

from pathlib import Path

from knowledge.annexes import ANNEXES_FOLDER, AnnexRecord
from knowledge.cues import FactCues
from knowledge.drafting.gaps import missing_parts
from knowledge.drafting.proposal import PROPOSALS_FILE, Proposals
from knowledge.errors import PackError
from knowledge.facts import FactSchema
from knowledge.lint.notice import check_cue_topics, check_cues, check_facts, check_notice
from knowledge.lint.rules import check_annex, check_rules
from knowledge.lint.sheet import Finding, Held, Sheet
from knowledge.lint.topics import check_exemplars, check_topics
from knowledge.models import Notice
from knowledge.pack import (
    FACTS_FILE,
    NOTICE_FILE,
    RULES_FILE,
    VOCABULARY_FILE,
    TopicsFile,
    load_text,
    topic_files,
)
from knowledge.rules import RuleBook
from knowledge.strict_yaml import Model, load_model
from knowledge.vocabulary import Vocabulary

CUES_FILE = "fact_cues.yaml"

__all__ = ["Finding", "lint_pack"]


def lint_pack(folder: Path, added: Path | None = None) -> list[Finding]:
    """Everything wrong with a pack and what was added to it, in the order of files and lines; empty for a good one."""
    return _Linter(folder, added).run()


class _Linter:
    """Loads each file on its own, so that one that is broken does not hide the others."""

    def __init__(self, folder: Path, added: Path | None) -> None:
        self.folder, self.added = folder, added
        self.drafted = (folder / PROPOSALS_FILE).exists()
        self.findings: list[Finding] = []

    def run(self) -> list[Finding]:
        try:
            notice, tree = load_text(self.folder, self.added)
        except PackError as error:
            return [Finding.of(error)]
        held = Held(notice, tree)
        check_notice(self.sheet(NOTICE_FILE, held), notice)
        schema = self.optional(FACTS_FILE, FactSchema)
        if schema:
            check_facts(self.sheet(FACTS_FILE, held), schema)
        rules = self.optional(RULES_FILE, RuleBook)
        if rules:
            check_rules(self.sheet(RULES_FILE, held), rules, schema or FactSchema(facts=()))
        self.annexes(held, schema)
        cues = self.optional(CUES_FILE, FactCues)
        if cues:
            check_cues(self.sheet(CUES_FILE, held), cues, schema or FactSchema(facts=()))
        self.optional(VOCABULARY_FILE, Vocabulary)
        self.topics(held, rules, cues)
        if self.drafted:
            self.still_open(notice)
        return sorted(self.findings)

    def annexes(self, held: Held, schema: FactSchema | None) -> None:
        facts = {spec.name for spec in schema.facts} if schema else set()
        for place in filter(None, (self.folder, self.added)):
            for file in sorted((place / ANNEXES_FOLDER).glob("*.yaml")):
                if record := self.load(file, AnnexRecord):
                    check_annex(Sheet(file, held, self.findings), record, facts)

    def topics(self, held: Held, rules: RuleBook | None, cues: FactCues | None) -> None:
        files = {file: self.load(file, TopicsFile) for file in topic_files(self.folder)}
        loaded = {file: found.topics for file, found in files.items() if found}
        criteria = {criterion.id for criterion in rules.criteria} if rules else set()
        asked = check_topics({self.sheet(file, held): topics for file, topics in loaded.items()}, criteria)
        if len(loaded) == len(files):  # else a topic may stand in the file that cannot be read
            known = {topic.id for topics in loaded.values() for topic in topics}
            self.findings += check_exemplars(self.folder, known, asked)
            if cues:
                check_cue_topics(self.sheet(CUES_FILE, held), cues, known)

    def still_open(self, notice: Notice) -> None:
        """What a drafted pack leaves to a person: reminders, no failures."""
        proposals = self.load(self.folder / PROPOSALS_FILE, Proposals)
        waiting = proposals.open if proposals else ()
        if waiting:
            numbers = "、".join(str(proposal.number) for proposal in waiting)
            self.findings.append(
                Finding(
                    str(self.folder / PROPOSALS_FILE),
                    0,
                    f"有 {len(waiting)} 条规则建议待定：{numbers}",
                    f"请用 shenbao knowledge proposals {notice.id} 查看，再 accept 或 reject",
                    open=True,
                )
            )
        for point in missing_parts(notice):
            file = str(self.folder / NOTICE_FILE)
            self.findings.append(Finding(file, 0, point.cause, point.remedy, open=True))

    def sheet(self, name: str | Path, held: Held) -> Sheet:
        return Sheet(self.folder / name, held, self.findings, drafted=self.drafted)

    def optional(self, name: str, model: type[Model]) -> Model | None:
        file = self.folder / name
        return self.load(file, model) if file.exists() else None

    def load(self, file: Path, model: type[Model]) -> Model | None:
        try:
            return load_model(file, model)
        except PackError as error:
            self.findings.append(Finding.of(error))
            return None
