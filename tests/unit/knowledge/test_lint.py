"""A pack held against its own text: each kind of mistake is found at its line."""

import shutil
from pathlib import Path

import pytest

from knowledge.lint import lint_pack
from knowledge.pack import PACKS_ROOT

PACKAGED = PACKS_ROOT / "jiangsu-2023-industrial-internet"
FACTS = """\
facts:
  - {name: built, type: bool, categories: [platform], meaning: 已建成, question: 项目建成了吗？}
  - {name: age, type: number, categories: [platform], meaning: 年限, question: 成立几年了？}
"""
RULES = """\
scope: "3.2"
criteria:
  - id: built
    title: 已建
    clause: "3.2.1"
    quote: 未建或在建项目不得申报
    categories: [platform]
    rule: {kind: flag, fact: built}
    reasons:
      - {status: met, text: "通知说“未建或{built}项目不得申报”。"}
    remedy: {otherwise: 建成后再报。}
not_modelled:
  - {clause: "3.2", words: 对于平台, reason: 引导语。}
  - {clause: "3.2.2", words: 原则上不再重复申报, reason: 由人判断。}
notes:
  - {clause: "5.2", categories: [platform], text: 写的是“同等条件下予以优先认定”。}
"""
TOPICS = """\
topics:
  - id: phone
    route: contact
    title: 电话
    suggestion: 电话是多少？
    follow_ups: [phone]
    criteria: [built]
    answers:
      - category: platform
        text: 2月28日前完成，依据是附件4[4.1.1]。电话是025-69652717，写作“工业互联网平台类”[6]。
        citations:
          - {clause: "4.1.1", quote: 于 2月 28日前在申报系统注册}
          - {clause: "6", quote: 工业互联网平台类：025-69652717}
    questions: [电话多少]
  - id: hello
    route: smalltalk
    title: 问候
    answers: [{text: 您好！请问想了解什么？}]
    questions: [你好]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small pack without a fault."""
    for name in ("notice.txt", "pack.yaml"):
        shutil.copy(PACKAGED / name, tmp_path / name)
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "all.yaml").write_text(TOPICS, encoding="utf-8")
    (tmp_path / "exemplars").mkdir()
    (tmp_path / "exemplars" / "all.txt").write_text("[phone]\n号码\n", encoding="utf-8")
    return tmp_path


def test_the_packaged_notice_is_without_fault() -> None:
    assert [str(finding) for finding in lint_pack(PACKAGED)] == []


def test_a_pack_without_fault_has_no_findings(folder: Path) -> None:
    assert lint_pack(folder) == []


def test_a_drafted_pack_has_no_findings(folder: Path) -> None:
    for name in ("facts.yaml", "rules.yaml", "topics/all.yaml", "exemplars/all.txt"):
        (folder / name).unlink()
    assert lint_pack(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "cause"),
    [
        # names, phones, addresses, days and quotes of the metadata
        ("pack.yaml", "phone: 025-69652603", "phone: 025-69652604", "没有“工业互联网标杆工厂类：025-69652604”"),
        ("pack.yaml", "label: 星级上云企业类", "label: 上云企业类别", "没有“上云企业类别"),
        ("pack.yaml", "opens_on: 2023-02-06", "opens_on: 2023-02-07", "没有日期 2023-02-07"),
        ("pack.yaml", "closes_on: 2023-02-28", "closes_on: 2022-02-28", "没有日期 2022-02-28"),
        ("pack.yaml", "bureau_deadline: 2023-04-17", "bureau_deadline: 2023-04-18", "没有日期 2023-04-18"),
        ("pack.yaml", "issued_on: 2023-01-19", "issued_on: 2023-01-18", "没有日期 2023-01-18"),
        ("pack.yaml", "closes_on: null", "closes_on: 2023-02-06", "set_locally"),
        ("pack.yaml", "system_url: www.dxplat.com", "system_url: www.dxplat.cn", "没有“www.dxplat.cn”"),
        ("pack.yaml", "西路16号苏兴", "西路18号苏兴", "没有“南京市"),
        ("pack.yaml", "title: 江苏省工业互联网标杆工厂建设指南", "title: 江苏省标杆工厂建设指南", "没有“2.江苏省标杆"),
        ("pack.yaml", "title: 关于组织开展2023年度", "title: 关于组织开展2024年度", "没有“关于组织"),
        ("pack.yaml", "      - 请各申报单位于2月28日前", "      - 请申报单位于2月28日前", "没有“请申报单位"),
        ("pack.yaml", 'clause: "2.2"', 'clause: "2.9"', "没有条款 2.9"),
        ("pack.yaml", 'mailing_clause: "6"', 'mailing_clause: "7"', "没有条款 7"),
        ("pack.yaml", "categories: [star_cloud], clause", "categories: [star], clause", "没有类别 star"),
        ("pack.yaml", "  - id: star_cloud", "  - id: platform", "id 重复：platform"),
        ("pack.yaml", "{number: 2,", "{number: 1,", "number 重复：1"),
        ("pack.yaml", "      - 标杆企业", "      - 重点平台", "别名“重点平台”同时属于"),
        ("pack.yaml", "year: 2023", "year: 2023\nyaer: 2023", "未知的键 yaer"),
        ("pack.yaml", "year: 2023", "year: 2023\nyear: 2024", "键重复：year"),
        # facts
        ("facts.yaml", "categories: [platform], meaning: 年限", "categories: [fabrik], meaning: 年限", "没有类别 fabrik"),
        ("facts.yaml", "name: age", "name: built", "name 重复：built"),
        # rules
        ("rules.yaml", "quote: 未建或在建项目", "quote: 在建或未建项目", "没有“在建或未建项目不得申报”"),
        ("rules.yaml", 'clause: "3.2.1"', 'clause: "3.2.7"', "没有条款 3.2.7"),
        ("rules.yaml", "fact: built}", "fact: buildt}", "没有声明事实 buildt"),
        ("rules.yaml", "kind: flag, fact: built", "kind: tenure, fact: age, years: 2", "没有数字 2"),
        ("rules.yaml", "kind: flag, fact: built", "kind: comparison, fact: age, operator: '>=', threshold: 7", "没有数字 7"),
        ("rules.yaml", "kind: flag, fact: built", "kind: date_after, fact: age, day: 2023-03-30, on_the_day: met", "没有日期"),
        ("rules.yaml", "categories: [platform]\n    rule", "categories: [star_cloud]\n    rule", "不约束类别 star_cloud"),
        ("rules.yaml", "“未建或{built}项目", "“未建与{built}项目", "没有“未建与{built}项目"),
        ("rules.yaml", "{built}项目", "{age}项目", "占位符 {age}"),
        ("rules.yaml", "“同等条件下予以优先认定”", "“一律优先认定”", "没有“一律优先认定”"),
        ("rules.yaml", "words: 原则上不再", "words: 一律不再", "没有“一律不再"),
        ("rules.yaml", '  - {clause: "3.2", words: 对于平台, reason: 引导语。}\n', "", "条款 3.2 没有对应的条件"),
        ("rules.yaml", 'scope: "3.2"', 'scope: "3.9"', "没有条款 3.9"),
        # topics
        ("topics/all.yaml", "2月28日前完成", "2月27日前完成", "没有“2月27日"),
        ("topics/all.yaml", "附件4[4.1.1]", "附件8[4.1.1]", "没有“附件8”"),
        ("topics/all.yaml", "电话是025-69652717", "电话是025-69652700", "没有“025-69652700”"),
        ("topics/all.yaml", "写作“工业互联网平台类”", "写作“工业平台类”", "没有“工业平台类”"),
        ("topics/all.yaml", "附件4[4.1.1]。", "附件4。", "句末没有条款标记"),
        ("topics/all.yaml", "附件4[4.1.1]。", "附件4[4.9]。", "没有条款 4.9"),
        ("topics/all.yaml", "附件4[4.1.1]。", "附件4[4.1.1][5.1]。", "[5.1] 没有列入 citations"),
        ("topics/all.yaml", "quote: 于 2月 28日前在", "quote: 于 2月 29日前在", "没有“于 2月 29日前在"),
        ("topics/all.yaml", "依据是附件4[4.1.1]", "依据是{asked}[4.1.1]", "{asked} 与 asked 须同时写"),
        ("topics/all.yaml", "follow_ups: [phone]", "follow_ups: [fax]", "没有问点 fax"),
        ("topics/all.yaml", "follow_ups: [phone]", "from_bureau: fax", "没有问点 fax"),
        ("topics/all.yaml", "follow_ups: [phone]", "of_others: fax", "没有问点 fax"),
        ("topics/all.yaml", "criteria: [built]", "criteria: [new]", "没有条件 new"),
        ("topics/all.yaml", "category: platform", "category: star", "没有类别 star"),
        ("topics/all.yaml", "id: hello", "id: phone", "问点 id 重复：phone"),
        ("topics/all.yaml", "questions: [你好]", "questions: [电话 多少]", "也在问点 phone 中"),
        ("topics/all.yaml", "questions: [你好]", "questions: []", "没有例问"),
        ("topics/all.yaml", "suggestion: 电话是多少？", "suggestion: 这三类项目的咨询电话究竟分别是多少呢？", "超过 18 字"),
        ("topics/all.yaml", "route: smalltalk", "route: help", "route"),
        ("exemplars/all.txt", "[phone]", "[fax]", "没有问点 fax"),
        ("exemplars/all.txt", "号码", "你好", "也在问点 hello 中"),
    ],
)  # fmt: skip
def test_each_mistake_is_found_at_its_line(folder: Path, name: str, old: str, new: str, cause: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [finding for finding in lint_pack(folder) if cause in finding.cause]
    assert found, lint_pack(folder)
    assert {finding.file for finding in found} == {str(file)}
    assert all(finding.remedy for finding in found)
    around = text[: text.index(old)].count("\n") + 1
    assert any(abs(finding.line - around) <= 4 or "没有对应" in cause for finding in found)


def test_what_tells_that_a_fact_is_left_open_is_a_topic(folder: Path) -> None:
    cue = "states:\n  - {fact: built, clause: '3.2.1', unsettled: [亏], unsettled_question: 建成了吗？, unsettled_topic: %s}\n"
    (folder / "fact_cues.yaml").write_text(cue % "phone", encoding="utf-8")
    assert lint_pack(folder) == []
    (folder / "fact_cues.yaml").write_text(cue % "fax", encoding="utf-8")
    (finding,) = lint_pack(folder)
    assert (finding.line, finding.cause) == (2, "没有问点 fax")


def test_one_broken_file_does_not_hide_the_others(folder: Path) -> None:
    (folder / "facts.yaml").write_text("facts: [", encoding="utf-8")
    (folder / "vocabulary.yaml").write_text("wrods: []\n", encoding="utf-8")
    text = TOPICS.replace("follow_ups: [phone]", "follow_ups: [fax]")
    (folder / "topics" / "all.yaml").write_text(text, encoding="utf-8")
    files = {Path(finding.file).name for finding in lint_pack(folder)}
    assert files >= {"facts.yaml", "vocabulary.yaml", "all.yaml"}


def test_a_folder_without_a_pack_is_one_finding(tmp_path: Path) -> None:
    assert ["pack.yaml" in finding.file for finding in lint_pack(tmp_path)] == [True]


def test_a_finding_reads_as_place_cause_and_remedy(folder: Path) -> None:
    (folder / "pack.yaml").unlink()
    assert (
        str(lint_pack(folder)[0]) == f"{folder / 'pack.yaml'}:0: 文件不存在。请补上该文件，或从清单中去掉它"
    )
