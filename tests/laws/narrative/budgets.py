"""Shapes S55 and S62 to S67: what the notes of a year's budget say."""

from __future__ import annotations

from fractions import Fraction

from tests.laws.account_balances import FUND_NAMES
from tests.laws.accounts import BUDGET_OF, EXPENSES, GENERAL, OWN_SOURCES
from tests.laws.narrative.pieces import Passage, Saying, Subject
from tests.laws.narrative.writer import Shape, Writer, subject, whole

__all__ = ["BASIC", "ITEMS", "PROCUREMENT", "RUNNING", "THREE_PUBLIC", "TOTALS", "WHOLE"]

_KINDS = {"基本支出": "basic_expenditure", "项目支出": "project_expenditure"}


def _compared(writer: Writer, about: Subject, value: Fraction) -> Passage:
    """Compare with last year's budget: 比{Y-1}年预算增加{D}; often without a rate."""
    before = writer.before(about.labels[0], value)
    if value == before:
        said = Saying(writer.pick("持平"), "equal_to_prior_year", about.labels[0])
        return writer.say("与{prior}预算{S}", S=said)
    sign = 1 if value > before else -1
    amount = writer.money(about, abs(value - before), "change", sign=sign)
    words = "增加{D}" if sign > 0 else "减少{D}"
    if before and writer.chance(0.4):
        rate = writer.rate(about, abs(value - before) / before, "change_rate", sign=sign)
        words += "，增长{P}" if sign > 0 else "，下降{P}"
        return writer.say("<比|较>{prior}预算" + words, D=amount, P=rate)
    return writer.say("<比|较>{prior}预算" + words, D=amount)


def income_and_spending(writer: Writer) -> Passage:
    """S62: {Y}年，{U}收入预算{A}，其中：财政拨款收入{A1}，比上年预算增加{D}；…"""
    account = writer.account
    fiscal = sum((account.received("", fund) for fund in BUDGET_OF), Fraction(0))
    parts = [(subject("财政拨款收入"), fiscal)]
    parts += [
        (subject(name), account.received("", key))
        for key, name in OWN_SOURCES.items()
        if account.received("", key)
    ]
    listed: Passage = []
    for about, value in parts:
        listed += writer.say(
            "；{L}{A}，{C}",
            L=about.labels[0],
            A=writer.money(about, value),
            C=_compared(writer, about, value),
        )
    return writer.say(
        "{year}，<{body}|本部门>收入预算<|为>{A}，其中：{X}。支出预算{B}。",
        A=writer.money(subject("收入预算"), account.received()),
        X=[str(listed[0])[1:], *listed[1:]],
        B=writer.money(subject("支出预算"), account.received()),
    )


def headings(writer: Writer) -> Passage:
    """S63: “{类}-{款}-{项}”科目{A}，主要用于…¦“{类}（类）{款}（款）{项}（项）”{A}."""
    is_dashed, lines = writer.chance(0.5), Passage()
    for number, (about, names, value) in enumerate(writer.items(), start=1):
        path = "-".join(names) if is_dashed else "".join(
            f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True)
        )  # fmt: skip
        lines += writer.say(
            "{N}.“{L}”<科目|>{A}，主要用于<人员经费|专项业务|办公设备购置>。",
            N=writer.number(number, "list_number"),
            L=path,
            A=writer.money(about, value),
        )
        lines.append("\n")
    return lines[:-1] or whole_of_general(writer)


def whole_of_general(writer: Writer) -> Passage:
    """S64: 一般公共预算财政拨款支出{A}，比上年增加{D}。其中：基本支出{A1}，比…；项目支出…"""
    account, budget = writer.account, BUDGET_OF[GENERAL]
    income = subject(f"{FUND_NAMES[GENERAL]}收入", budget=budget)
    spent = whole(f"{FUND_NAMES[GENERAL]}支出", GENERAL)
    value = account.spent("", GENERAL)
    kinds = []
    for name, key in _KINDS.items():
        about, part = subject(name, budget=budget), account.spent("", GENERAL, key)
        kinds.append(
            writer.say(
                "{L}{A}，{C}",
                L=name,
                A=writer.money(about, part),
                C=_compared(writer, subject(name, budget=budget), part),
            )
        )
    return writer.say(
        "{year}{I}{A}，{L}{B}，{C}。其中：{X}；{Y}。",
        I=income.labels[0],
        A=writer.money(income, account.received("", GENERAL)),
        L=spent.labels[0],
        B=writer.money(spent, value),
        C=_compared(writer, spent, value),
        X=kinds[0],
        Y=kinds[1],
    )


def basic_spending(writer: Writer) -> Passage:
    """S65: 基本支出预算{A}，占一般公共预算支出的{P}，比上年…。其中：{L}预算{A1}，占…"""
    account, budget = writer.account, BUDGET_OF[GENERAL]
    about = subject("基本支出预算", budget=budget)
    basic, spent = account.spent("", GENERAL, "basic_expenditure"), account.spent("", GENERAL)
    parts: Passage = []
    for code, name in (("301", "工资福利支出"), ("302", "商品和服务支出")):
        value = sum((v for own, v in account.economic.items() if own[:3] == code), Fraction(0))
        part = subject(f"{name}预算", budget=budget)
        rate = writer.rate(part, value / basic if basic else Fraction(0), "share", "基本支出预算")
        parts += writer.say(
            "，{L}{A}，占基本支出预算的{P}", L=part.labels[0], A=writer.money(part, value), P=rate
        )
    share = basic / spent if spent else Fraction(0)
    return writer.say(
        "基本支出预算{A}，占一般公共预算支出的{P}，{C}。其中：{X}。",
        A=writer.money(about, basic),
        P=writer.rate(about, share, "share", "一般公共预算支出"),
        C=_compared(writer, about, basic),
        X=[str(parts[0])[1:], *parts[1:]],
    )


def three_public(writer: Writer) -> Passage:
    """S66: “三公”经费预算数为{A}，比上年预算…。其中：（一）因公出国（境）费{A1}，…"""
    planned = {expense: writer.account.three_public[expense, "budget"] for expense in EXPENSES}
    abroad, buying, running, receiving = EXPENSES
    vehicles, both = "公务用车购置及运行费", planned[buying] + planned[running]
    parts: Passage = []
    rows = ((abroad, planned[abroad]), (vehicles, both), (receiving, planned[receiving]))
    for ordinal, (name, value) in zip("一二三", rows, strict=True):
        about = subject(name)
        parts += writer.say(
            f"（{ordinal}）" + "{L}<|预算>{A}，{C}",
            L=name,
            A=writer.money(about, value),
            C=_compared(writer, about, value),
        )
        if name == vehicles:
            parts += writer.say(
                "，其中：公务用车购置费{A}，公务用车运行费{B}",
                A=writer.money(subject("公务用车购置费"), planned[buying]),
                B=writer.money(subject("公务用车运行费"), planned[running]),
            )
        parts.append("。" if ordinal == "三" else "；")
    about, total = subject("“三公”经费"), sum(planned.values(), Fraction(0))
    return writer.say(
        "{year}“三公”经费<预算数为|预算为|预算>{A}，{C}。其中：{X}",
        A=writer.money(about, total),
        C=_compared(writer, about, total),
        X=parts,
    )


def running_costs(writer: Writer) -> Passage:
    """S67: {Y}年…机关运行经费预算为{A}。"""
    amount = writer.money(subject("机关运行经费"), writer.small() * 7)
    return writer.say("{year}，{body}<机关运行经费预算为|机关运行经费预算>{A}。", A=amount)


def procurement(writer: Writer) -> Passage:
    """S55: 政府采购预算{A}，其中：货物类采购{A1}，占政府采购预算{P1}；工程类…；服务类…"""
    values = [writer.small() for _ in range(3)]
    name = writer.pick("政府采购预算", "政府采购预算总额")
    total, parts = sum(values, Fraction(0)), Passage()
    for kind, value in zip(("货物", "工程", "服务"), values, strict=True):
        about = subject(f"{kind}类采购")
        parts += writer.say(
            "；{L}{A}，占政府采购预算<的|>{P}",
            L=about.labels[0],
            A=writer.money(about, value),
            P=writer.rate(about, value / total, "share", "政府采购预算"),
        )
    return writer.say(
        "{year}{L}{A}，其中：{X}。",
        L=name,
        A=writer.money(subject(name), total),
        X=[str(parts[0])[1:], *parts[1:]],
    )


TOTALS: dict[str, Shape] = {"S62": income_and_spending}
WHOLE: dict[str, Shape] = {"S64": whole_of_general}
ITEMS: dict[str, Shape] = {"S63": headings}
BASIC: dict[str, Shape] = {"S65": basic_spending}
THREE_PUBLIC: dict[str, Shape] = {"S66": three_public}
RUNNING: dict[str, Shape] = {"S67": running_costs}
PROCUREMENT: dict[str, Shape] = {"S55": procurement}
