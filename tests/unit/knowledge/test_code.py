from pathlib import Path

from knowledge.code import code_digest


def test_the_digest_of_code_changes_with_the_code(tmp_path: Path) -> None:
    (tmp_path / "evals").mkdir()
    file = tmp_path / "evals/x.py"
    file.write_text("a = 1")
    before = code_digest(["evals"], tmp_path)
    assert before == code_digest(["evals"], tmp_path)
    file.write_text("a = 2")
    assert before != code_digest(["evals"], tmp_path)
