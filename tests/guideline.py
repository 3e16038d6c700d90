"""A guideline annex as the bureau would have it, as a Word file, its table a real one, and as text."""

from __future__ import annotations

from io import BytesIO

TITLE = "江苏省重点工业互联网平台建设指南"
INDICATORS = (
    ("工业设备连接数", "不少于10000台（套）"),
    ("工业模型数量", "不少于200个"),
    ("服务企业数量", "不少于300家"),
)
BEFORE = (
    "附件1",
    TITLE,
    "一、总体要求",
    "围绕制造业数字化转型需要，建设资源汇聚能力强、应用服务成效好的重点工业互联网平台，推动平台在行业和区域落地应用。",
    "二、建设要求",
    "（一）基础能力。平台应具备工业设备和业务系统的接入、数据汇聚与模型沉淀能力，主要指标应达到表1的要求。",
)
AFTER = (
    "（二）安全保障。平台须通过网络安全等级保护三级测评，并建立数据安全管理制度。",
    "（三）研发投入。近两年平台研发投入占平台营业收入的比例不低于8%。",
    "三、建设内容",
    "（一）综合型平台应面向多个行业提供跨行业跨领域服务。",
    "（二）特色型平台应面向特定行业或者特定区域提供服务。",
    "四、附则",
    "本指南由江苏省工业和信息化厅负责解释。",
)


def as_text(*more: str) -> bytes:
    """The guideline as plain text, its table one row a line; `more` paragraphs stand at the end."""
    rows = (f"【表1 第{n}行】指标：{name}；要求：{asked}" for n, (name, asked) in enumerate(INDICATORS, 1))
    return "\n".join((*BEFORE, "【表1】平台能力指标", *rows, *AFTER, *more)).encode()


def as_word(*more: str) -> bytes:
    """The same as a Word document."""
    from docx import Document  # noqa: PLC0415 - only where it is wanted

    document = Document()
    for paragraph in BEFORE:
        document.add_paragraph(paragraph)
    document.add_paragraph("表1 平台能力指标")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "指标", "要求"
    for name, asked in INDICATORS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, asked
    for paragraph in (*AFTER, *more):
        document.add_paragraph(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
