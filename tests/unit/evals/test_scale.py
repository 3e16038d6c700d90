"""Packs by the dozen: the same seed gives the same files, builds go on where they were, and an answer costs no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import scale_build
from evals.generated import CLAUSES_EACH, MOST, generated, write_packs
from evals.scale import run_scale
from evals.scale_build import BUILT_FILE, build_all, read_built
from knowledge.pack import load_pack
from knowledge.retrieval.settings import IndexSettings


def test_the_same_seed_gives_the_same_notice_and_another_another() -> None:
    assert generated(3, 1) == generated(3, 1)
    assert generated(3, 1).text != generated(3, 2).text
    assert generated(3, 1).text != generated(4, 1).text


def test_a_generated_pack_has_its_clauses_phones_and_answers(tmp_path: Path) -> None:
    for made in write_packs(tmp_path, 3, 5, lambda: None):
        pack = load_pack(tmp_path / made.id)
        assert sum(not clause.bare for clause in pack.tree) == CLAUSES_EACH
        assert made.phone in pack.tree.get(pack.notice.contacts[0].clause).text
        for asked, clause in made.questions:
            subject = asked.partition("要多少")[0]
            assert all(subject[at : at + 2] in pack.tree.get(clause).text for at in (0, len(subject) - 2))


def test_names_and_numbers_are_all_different() -> None:
    made = [generated(number, 1) for number in range(0, MOST, 37)]
    for names in ({one.id for one in made}, {one.title for one in made}, {one.document for one in made}):
        assert len(names) == len(made)


def test_packs_that_are_whole_are_not_written_again(tmp_path: Path) -> None:
    folder = tmp_path / write_packs(tmp_path, 1, 5, lambda: None)[0].id
    (folder / "notice.txt").write_text("别的", encoding="utf-8")
    write_packs(tmp_path, 1, 5, lambda: None)
    assert (folder / "notice.txt").read_text(encoding="utf-8") == "别的"


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = write_packs(tmp_path / "packs", 3, 5, lambda: None)
    folders = [tmp_path / "packs" / one.id for one in made]
    settings, built = IndexSettings(index_root=tmp_path / "index"), []
    real = scale_build.build_index

    def building(pack, used):
        if len(built) == 2:
            raise KeyboardInterrupt
        built.append(pack.id)
        return real(pack, used)

    monkeypatch.setattr(scale_build, "build_index", building)
    with pytest.raises(KeyboardInterrupt):
        build_all(folders, settings, tmp_path, lambda: None)
    assert list(read_built(tmp_path)) == built == [one.id for one in made[:2]]
    with (tmp_path / BUILT_FILE).open("a", encoding="utf-8") as noted:
        noted.write('["cut o')
    built.clear()
    seconds = build_all(folders, settings, tmp_path, lambda: None)
    assert built == [made[2].id]
    assert len(seconds) == 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_answer_costs_no_more_among_twenty_packs_than_from_one(tmp_path: Path) -> None:
    told: dict[str, int] = {}

    def announce(stage: str, steps: int):
        told[stage] = -steps

        def step() -> None:
            told[stage] += 1

        return step

    result = run_scale(tmp_path, [20, 1], seed=3, rounds=80, announce=announce, weigh=False)
    assert [one.packs for one in result.sizes] == [1, 20]
    assert set(told.values()) == {0}
    assert all(one.wrong == 0 for one in result.sizes)
    assert result.sizes[1].cold_ms is not None
    assert result.growth <= 1.5
