"""Notices made up by the thousand, to see how the system bears their number: the same seed, the same files.

Each is a pack of notice.txt and pack.yaml alone, as one is drafted: five parts with three sections of three items,
50 clauses besides the headings, in words of the field, no two alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

_REGIONS = ("临江", "东陵", "云川", "海宁湾", "北原", "青屿", "石门", "南浦", "金坪", "安澜")
_TRADES = [
    "工业互联网",
    "绿色制造",
    "智能车间",
    "服务型制造",
    "中小企业数字化",
    "工业设计",
    "首台套装备",
    "质量品牌",
    "两业融合",
    "节能降碳",
    "新材料",
    "生物医药",
    "集成电路",
    "软件信息",
    "现代物流",
    "数据要素",
    "网络安全",
    "低空经济",
    "氢能储能",
    "海洋装备",
]
_KINDS = ("示范项目", "标杆企业", "试点园区", "培育平台", "专项资金")
_YEARS = (2024, 2025)
_PARTS = ("总体要求", "申报条件", "支持内容", "申报程序", "管理要求")
_SECTIONS = [
    "主体资格",
    "建设内容",
    "投入规模",
    "技术水平",
    "人才队伍",
    "经济效益",
    "安全环保",
    "知识产权",
    "示范作用",
    "材料要求",
    "审核推荐",
    "公示认定",
    "资金使用",
    "绩效评价",
    "监督检查",
]
_SUBJECTS = [
    "研发投入",
    "设备联网率",
    "主营业务收入",
    "从业人员",
    "专业技术人员",
    "发明专利",
    "能耗下降率",
    "上云设备",
    "数字化投资",
    "合同金额",
    "服务客户",
    "实缴资本",
    "建筑面积",
    "年产能",
    "质量合格率",
    "订单交付率",
    "软件著作权",
    "标准制定",
    "检测能力",
    "培训人次",
]
_SCOPES = [
    "近三年",
    "上一年度",
    "截至申报日",
    "项目建设期内",
    "自认定之日起",
    "同一法人",
    "联合体各方",
    "牵头单位",
    "参与单位",
    "每个子项目",
    "园区内企业",
    "主要生产线",
    "关键工序",
    "核心系统",
    "公共平台",
]
_RULES = (
    "{scope}{subject}不低于{number}{unit}，并提供{paper}。",
    "{scope}{subject}应当达到{number}{unit}以上，以{paper}为准。",
    "申报单位的{scope}{subject}不得少于{number}{unit}，不足的不予受理。",
    "{subject}按{scope}口径计算，超过{number}{unit}的优先支持。",
    "对{scope}{subject}满{number}{unit}的，由推荐部门核对{paper}后上报。",
    "{scope}未提供{paper}，或{subject}低于{number}{unit}的，取消资格。",
)
_PAPERS = [
    "审计报告",
    "纳税证明",
    "合同复印件",
    "检测报告",
    "验收意见",
    "专利证书",
    "社保清单",
    "备案回执",
    "现场照片",
    "授权委托书",
    "银行回单",
    "信用报告",
]
_UNITS = ("万元", "项", "人", "台", "个月", "个百分点", "平方米", "家")
CLAUSES_EACH = 50
MOST = len(_REGIONS) * len(_TRADES) * len(_KINDS) * len(_YEARS)


@dataclass(frozen=True, slots=True)
class Generated:
    """One notice: its folder's name, which is the pack's id, and questions about it with the clause of each."""

    id: str
    title: str
    document: str
    text: str
    phone: str
    questions: tuple[tuple[str, str], ...]

    def write(self, root: Path) -> Path:
        """Write the pack's folder; pack.yaml last, so that a folder with one is whole."""
        folder = root / self.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "notice.txt").write_text(self.text, encoding="utf-8")
        year = int(self.id.split("-")[1])
        metadata = {
            "id": self.id,
            "version": "1",
            "title": self.title,
            "document": self.document,
            "document_number": self.document,
            "issuing_authority": self.text.split("文件", 1)[0],
            "issued_on": f"{year}-01-15",
            "year": year,
            "text_file": "notice.txt",
            "mailing_address": "",
            "mailing_clause": "6",
            "categories": [
                {"id": "project", "name": "申报项目", "short": "项目", "aliases": ["申报项目"], "clause": "1"}
            ],
            "annexes": [],
            "contacts": [{"category": "project", "label": "咨询电话", "phone": self.phone, "clause": "6.1"}],
            "windows": [],
        }
        part = folder / "pack.part"
        # JSON is YAML, and this is no file that people edit.
        part.write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(folder / "pack.yaml")
        return folder


def generated(number: int, seed: int) -> Generated:
    """The notice of this number, from 0; raises IndexError beyond `MOST`."""
    region, trade, kind, year = _names()[number]
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - made up, not secret
    office, programme = f"{region}市工业和信息化局", f"{region}市{trade}{kind}"
    title = f"关于组织开展{year}年度{programme}申报工作的通知"
    document = f"{region}工信〔{year}〕{number + 1}号"
    phone = f"0{chance.randrange(300, 999)}-{chance.randrange(2_000_0000, 8_999_9999)}"
    lines = [f"{office}文件", document, title, "各区县工信局：", f"现组织开展{programme}申报工作。", ""]
    questions = []
    for part, heading in enumerate(_PARTS, 1):
        lines.append(f"{_HAN[part]}、{heading}")
        for section, name in enumerate(chance.sample(_SECTIONS, 3), 1):
            lines.append(f"（{_HAN[section]}）{name}")
            for item in range(1, 4):
                words = {
                    "scope": chance.choice(_SCOPES),
                    "subject": chance.choice(_SUBJECTS),
                    "number": chance.randrange(2, 5_000),
                    "unit": chance.choice(_UNITS),
                    "paper": chance.choice(_PAPERS),
                }
                lines.append(f"{item}.{chance.choice(_RULES).format(**words)}")
                asked = f"{words['scope']}{words['subject']}要多少，交不交{words['paper']}"
                questions.append((asked, f"{part}.{section}.{item}"))
    hours = f"工作日{chance.randrange(8, 10)}时至{chance.randrange(16, 18)}时"
    lines += [
        "六、联系方式",
        f"1.咨询电话：{phone}。",
        f"2.咨询时间：{hours}。",
        f"3.逾期未报的，由{office}另行安排。",
    ]
    lines += ["", office, f"{year}年1月15日", ""]
    return Generated(
        id=f"generated-{year}-{number + 1:04}",
        title=title,
        document=document,
        text="\n".join(lines),
        phone=phone,
        questions=tuple(questions),
    )


def write_packs(root: Path, count: int, seed: int, written: Callable[[], None]) -> list[Generated]:
    """The first `count` notices below `root`; folders that are whole already stay."""
    made = []
    for number in range(count):
        made.append(generated(number, seed))
        if not (root / made[-1].id / "pack.yaml").exists():
            made[-1].write(root)
        written()
    return made


_HAN = "零一二三四五六"


def _names() -> list[tuple[str, str, str, int]]:
    return list(product(_REGIONS, _TRADES, _KINDS, _YEARS))
