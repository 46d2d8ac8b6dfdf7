"""Shapes S52 to S61 and S68: running costs, procurement, assets, performance."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from tests.laws.narrative.pieces import Other, Passage
from tests.laws.narrative.writer import Shape, Writer, subject

__all__ = ["ASSETS", "PERFORMANCE", "PROCUREMENT", "PROJECTS", "RUNNING"]

_KINDS_OF_VEHICLE = (
    "部级领导干部用车",
    "主要领导干部用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部用车",
    "其他用车",
)
_PROJECTS = (
    "物业管理服务",
    "智慧水务平台建设",
    "农村公路养护",
    "古籍修缮",
    "消防装备采购",
    "特困人员救助",
    "网格化管理",
    "禁毒宣传",
)


def running_costs(writer: Writer) -> Passage:
    """S52: {Y}年，{U}机关运行经费支出{A}，比上年减少{D}，下降{P}，主要原因是…"""
    about, value = subject("机关运行经费支出"), writer.small() * 9
    return writer.say(
        "<{year}，{body}|{year}本部门|>机关运行经费支出<|为>{A}，{C}<，|。>"
        "<主要原因是|主要原因：|主要是>{R}。",
        A=writer.money(about, value),
        C=writer.against_last_year(about, value, writer.before("running", value)),
        R=writer.reason(about),
    )


def _three(writer: Writer) -> tuple[Fraction, ...]:
    return tuple(writer.pick(Fraction(0), writer.small(), writer.small()) for _ in range(3))


def procurement(writer: Writer) -> Passage:
    """S53: 政府采购支出总额{A}，其中：货物{A1}、工程{A2}、服务{A3}。授予中小企业…"""
    parts, label = _three(writer), "政府采购支出总额"
    total = sum(parts, Fraction(0))
    middle = total * writer.random.randint(0, 10) / 10
    middle = Fraction(round(middle / 100) * 100)
    small = Fraction(round(middle * writer.random.randint(0, 10) / 1000) * 100)
    kinds = [
        writer.say("{L}{A}", L=name, A=writer.money(subject(name), value))
        for name, value in zip(
            (f"政府采购{kind}支出" for kind in ("货物", "工程", "服务")), parts, strict=True
        )
    ]
    return writer.say(
        "<{year}，{body}|{year}>{L}{A}，其中：{X}<、|，>{Y}<、|，>{Z}。{M}，其中：{S}<。|。|。{K}。>",
        K=_awarded_by_kind(writer),
        L=label,
        A=writer.money(subject(label), total),
        X=kinds[0],
        Y=kinds[1],
        Z=kinds[2],
        M=_awarded(writer, "中小企业", middle, total, label),
        S=_awarded(writer, "小微企业", small, total, label),
    )


def _awarded_by_kind(writer: Writer) -> Passage:
    """Say what small firms got: 货物采购授予中小企业合同金额占货物支出金额的{P}，…"""
    passage: Passage = []
    for kind in ("货物", "工程", "服务"):
        name, base = f"{kind}采购授予中小企业合同金额", f"{kind}支出金额"
        share = Fraction(writer.random.randint(0, 100), 100)
        rate = writer.rate(subject(name), share, "share", base)
        passage += writer.say("，{L}占{B}的{P}", L=name, B=base, P=rate)
    return [str(passage[0])[1:], *passage[1:]]


def _awarded(writer: Writer, whom: str, value: Fraction, total: Fraction, base: str) -> Passage:
    name = f"授予{whom}合同金额"
    return writer.say(
        "{L}{A}，占{B}的{P}",
        L=name,
        A=writer.money(subject(name), value),
        B=base,
        P=writer.rate(subject(name), value / total if total else Fraction(0), "share", base),
    )


def procurement_by_contract(writer: Writer) -> Passage:
    """S54: 政府采购金额（以合同签订为准）为{A}，其中：货物采购金额{A1}…预留…"""
    parts = _three(writer)
    kinds = [
        writer.say("{L}{A}", L=name, A=writer.money(subject(name), value))
        for name, value in zip(("货物采购金额", "工程采购金额", "服务采购金额"), parts, strict=True)
    ]
    reserved = writer.small()
    of_small_firms = Fraction(round(reserved * writer.random.randint(0, 10) / 1000) * 100)
    kept = ["面向中小企业预留政府采购项目预算金额", "面向小微企业预留政府采购项目预算金额"]
    return writer.say(
        "<{body}|>{year}政府采购金额<（以合同签订为准）|>为{A}，其中：{X}、{Y}、{Z}。"
        "{year}本部门{L}{B}，{M}{C}。",
        A=writer.money(subject("政府采购金额"), sum(parts, Fraction(0))),
        X=kinds[0],
        Y=kinds[1],
        Z=kinds[2],
        L=kept[0],
        B=writer.money(subject(kept[0]), reserved, "budget"),
        M=kept[1],
        C=writer.money(subject(kept[1]), of_small_firms, "budget"),
    )


def _listed(writer: Writer, parts: Sequence[tuple[str, int]]) -> Passage:
    mark, passage = writer.pick("、", "，"), Passage()
    for label, number in parts:
        passage += writer.say(mark + "{L}{N}", L=label, N=writer.count(label, number, "辆"))
    return [str(passage[0])[1:], *passage[1:]]


def _vehicles(writer: Writer) -> Passage:
    kinds = writer.random.sample(_KINDS_OF_VEHICLE, writer.pick(3, 5, 8))
    parts = [(kind, writer.random.randint(0, 15)) for kind in kinds]
    return writer.say(
        "截至{Y}年{M}月{D}日，{body}共有车辆{N}，其中<：|，>{X}",
        Y=Other(str(writer.year), "date"),
        M=Other("12", "date"),
        D=Other("31", "date"),
        N=writer.count("车辆", sum(number for _, number in parts), "辆"),
        X=_listed(writer, parts),
    )


def _equipment(writer: Writer, price: str, words: str) -> Passage:
    """Count equipment above a price: the price is no figure of its own."""
    printed = writer.style.blank + price + writer.style.blank
    label = f"单价{price}万元以上{words.removesuffix('（不含车辆）')}"
    number = writer.count(
        label, writer.random.randint(0, 20), writer.pick("台（套）", "台套", "台")
    )
    blank = writer.style.blank
    return writer.say(
        "单价{B}{P}{B}万元<（含）|>以上{W}{N}",
        B=blank,
        P=Other(printed.strip(), "threshold"),
        W=words,
        N=number,
    )


def assets(writer: Writer) -> Passage:
    """S56: 共有车辆{N}辆，其中：…。单价50万元以上通用设备{a}台，单价100万元以上专用设备…"""
    return writer.say(
        "{V}。{A}，{B}。",
        V=_vehicles(writer),
        A=_equipment(writer, "50", "通用设备"),
        B=_equipment(writer, "100", "专用设备"),
    )


def newer_assets(writer: Writer) -> Passage:
    """S57: …单价100万元（含）以上设备（不含车辆）{a}台（套）。"""
    equipment = _equipment(writer, "100", writer.pick("设备（不含车辆）", "设备"))
    rooms = writer.say(
        "房屋面积{N}，其中：办公用房{M}。",
        N=writer.count("房屋面积", writer.random.randint(300, 9000), "平方米"),
        M=writer.count("办公用房", writer.random.randint(100, 300), "平方米"),
    )
    return writer.say("{V}<；|。>{A}。<|{R}>", V=_vehicles(writer), A=equipment, R=rooms)


def performance(writer: Writer) -> Passage:
    """S58: 编报绩效目标的{Y}年度项目{N}个，涉及预算金额{A}；…平均得分{G}分（其中，…）"""
    stages = []
    counts = [writer.random.randint(1, 60) for _ in range(3)]
    for stage, count in zip(("编报绩效目标", "绩效跟踪评价", "绩效自评"), counts, strict=True):
        number = writer.count(f"{stage}的项目", count, "个")
        amount = writer.money(subject(f"{stage}涉及预算金额"), writer.small() * 20, "budget")
        stages.append(
            writer.say("{L}的{year}项目{N}，涉及预算金额{A}", L=stage, N=number, A=amount)
        )
    ends = sorted(writer.random.randint(0, counts[-1]) for _ in range(3))
    graded = [after - before for before, after in pairwise((0, *ends, counts[-1]))]
    grades = [
        writer.say("绩效评级为“{G}”的项目{N}", G=grade, N=writer.count(
            f"绩效评级为“{grade}”的项目", number, "个"))
        for grade, number in zip(("优", "良", "合格", "不合格"), graded, strict=True)
    ]  # fmt: skip
    score = Fraction(writer.random.randint(7000, 10000), 100)
    return writer.say(
        "{X}；{Y}；{Z}，平均得分{G}（其中，{A}；{B}；{C}；{D}）。",
        X=stages[0],
        Y=stages[1],
        Z=stages[2],
        G=writer.score("平均得分", score),
        A=grades[0],
        B=grades[1],
        C=grades[2],
        D=grades[3],
    )


def evaluations(writer: Writer) -> Passage:
    """S59: 对{N}个项目编制了绩效目标，选取{M}个项目开展绩效监控，…对{K}个项目开展了自评。"""
    randint = writer.random.randint
    return writer.say(
        "<根据预算绩效管理要求|按照要求>，我<局|单位>对{N}项目编制了绩效目标，预算执行过程中，选取{M}项目"
        "开展绩效监控，年终执行完毕后，对{K}项目开展了绩效目标完成情况自评。",
        N=writer.count("编制绩效目标的项目", randint(5, 30), "个"),
        M=writer.count("开展绩效监控的项目", randint(1, 5), "个"),
        K=writer.count("开展绩效目标完成情况自评的项目", randint(1, 30), "个"),
    )


def project_results(writer: Writer) -> Passage:
    """S60: （{n}）{项目}绩效目标完成情况综述。项目全年预算数{B}，执行数为{A}，完成预算的{P}。"""
    passage: Passage = []
    names = writer.random.sample(_PROJECTS, writer.pick(1, 2, 3))
    for number, name in enumerate((f"{name}项目" for name in names), start=1):
        about, planned = subject(name), writer.small()
        spent = planned * writer.random.randint(0, 100) / 100
        spent = Fraction(round(spent / 100) * 100)
        passage += writer.say(
            "（{N}）{L}绩效目标完成情况综述。项目全年预算数<|为>{B}，执行数<|为>{A}，完成预算的{P}。"
            "通过项目实施，<改善了办公环境|保障了群众出行|提升了服务水平>。",
            N=writer.number(number, "list_number"),
            L=name,
            B=writer.money(about, planned, "budget", "adjusted_budget"),
            A=writer.money(about, spent),
            P=writer.rate(about, spent / planned, "completion"),
        )
        passage.append("\n")
    return passage[:-1]


def verdict(writer: Writer) -> Passage:
    """S61: 评价结论：{级}（{G}分）。{维度}（{g}分），其中：{子}（{x}分）…"""
    points = [Fraction(writer.random.randint(500, 3000), 100) for _ in range(3)]
    names = writer.random.sample(("决策", "过程", "产出", "效益", "目标设定", "预算管理"), 3)
    parts = [
        writer.say("{L}（{G}）", L=name, G=writer.score(name, value))
        for name, value in zip(names, points, strict=True)
    ]
    total = writer.score("评价结论", sum(points, Fraction(0)))
    return writer.say(
        "评价结论：<优|良|中>（{G}）。其中：{X}、{Y}、{Z}。",
        G=total,
        X=parts[0],
        Y=parts[1],
        Z=parts[2],
    )


def half_year(writer: Writer) -> Passage:
    """S68: {1}月至{6}月财政拨款收入占全年的{P1}，支出占全年的{P2}。"""
    share = Fraction(writer.random.randint(20, 80), 100)
    return writer.say(
        "{A}月至{B}月财政拨款收入占全年的{P}，财政拨款支出占全年的{Q}。",
        A=Other("1", "date"),
        B=Other("6", "date"),
        P=writer.rate(subject("财政拨款收入"), share, "share", "全年"),
        Q=writer.rate(subject("财政拨款支出"), share / 2, "share", "全年"),
    )


RUNNING: dict[str, Shape] = {"S52": running_costs}
PROCUREMENT: dict[str, Shape] = {"S53": procurement, "S54": procurement_by_contract}
ASSETS: dict[str, Shape] = {"S56": assets, "S57": newer_assets}
PERFORMANCE: dict[str, Shape] = {"S58": performance, "S59": evaluations}
PROJECTS: dict[str, Shape] = {"S60": project_results, "S61": verdict, "S68": half_year}
