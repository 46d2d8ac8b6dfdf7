"""Shapes S01 to S18: the totals, income, expenditure, carry-over, fiscal appropriations."""

from __future__ import annotations

from fractions import Fraction

from tests.laws.account_balances import FUND_NAMES
from tests.laws.accounts import BUDGET_OF, FUNDS, GENERAL, OTHER, OWN_SOURCES, TYPES
from tests.laws.narrative.pieces import Passage, Subject
from tests.laws.narrative.writer import Shape, Writer, subject

__all__ = ["APPROPRIATIONS", "CARRY_OVER", "EXPENDITURE", "INCOME", "TOTALS", "in_turn"]

_BOTH = subject("收入总计", "支出总计")
_BOTH_FISCAL = subject("财政拨款收入总计", "财政拨款支出总计")
# Not the state capital operations: their category is called as their budget is.
_FUNDS = (GENERAL, FUNDS, OTHER)
_SPENDING_CAUSES = ("项目支出", "基本支出", "人员经费", "公用经费")


def _grand_total(writer: Writer) -> Fraction:
    account = writer.account
    return account.received() + account.surplus_used + account.carried(account.opening)


def _fiscal_total(writer: Writer) -> Fraction:
    account = writer.account
    parts = (
        account.received("", fund) + account.carried(account.opening, "", fund)
        for fund in BUDGET_OF
    )
    return sum(parts, Fraction(0))


def _both_changed(writer: Writer, about: Subject, name: str, value: Fraction) -> Passage:
    before = writer.before("fiscal" if about is _BOTH_FISCAL else "totals", value)
    change = writer.changed(about, value, before, each=writer.pick("各", "均", "", "分别"))
    if isinstance(change[0], str):
        return writer.say("<与{prior}相比|与上年相比|较{prior}>，{L}{C}", L=name, C=change)
    return writer.say("{L}与<上年|{prior}>{C}", L=name, C=change)


def _because(writer: Writer, money: float = 0.3) -> Passage:
    reason = writer.reason(_BOTH, money)
    return writer.say(
        "<，|。><主要变动原因是|主要原因是|主要原因：|变动的主要原因是：>{R}。", R=reason
    )


def totals_together(writer: Writer) -> Passage:
    """S01: {Y}年度收、支总计{A}。与上年相比，收、支总计各增加{D}，增长{P}。主要原因…"""
    name = writer.pick("收、支总计", "收入、支出总计", "收支总计")
    value = _grand_total(writer)
    return writer.say(
        "{year}{L}{A}。{C}{R}",
        L=name,
        A=writer.money(_BOTH, value),
        C=_both_changed(writer, _BOTH, name, value),
        R=_because(writer),
    )


def totals_alike(writer: Writer) -> Passage:
    """S02: {Y}年度收、支总计均为{A}。"""
    return writer.say(
        "{year}<收、支总计|收入、支出总计><均为|各为|均是>{A}。",
        A=writer.money(_BOTH, _grand_total(writer)),
    )


def totals_in_turn(writer: Writer) -> Passage:
    """S03: 收、支总计分别为{A1}、{A2}。"""
    value = _grand_total(writer)
    if writer.chance(0.3):
        return writer.say(
            "{year}收入总计<|为>{A}，支出总计<|为>{B}<，收支平衡|，收支总计相等|>。",
            A=writer.money(subject("收入总计"), value),
            B=writer.money(subject("支出总计"), value),
        )
    return writer.say(
        "{year}<收、支总计|收入总计、支出总计><分别为|分别是|各是>{A}、{B}。",
        A=writer.money(subject("收入总计"), value),
        B=writer.money(subject("支出总计"), value),
    )


def income_and_expenditure_total(writer: Writer) -> Passage:
    """S04: {U}{Y}年度收入支出总计{A}。与{Y-1}年度相比，收入支出总计…"""
    value = _grand_total(writer)
    return writer.say(
        "{body}{year}收入支出总计<|为>{A}。{C}{R}",
        A=writer.money(_BOTH, value),
        C=_both_changed(writer, _BOTH, "收入支出总计", value),
        R=_because(writer),
    )


def totals_each(writer: Writer) -> Passage:
    """S05: 收入总计{A1}，支出总计{A2}。收入总计较上年…；支出总计…"""
    value = _grand_total(writer)
    income, spent = subject("收入总计"), subject("支出总计")
    return writer.say(
        "<本部门|本单位|{body}>{year}收入总计{A}，支出总计{B}。{C}；{D}{R}",
        A=writer.money(income, value),
        B=writer.money(spent, value),
        C=writer.against_last_year(income, value, writer.before("totals", value), "收入总计"),
        D=writer.against_last_year(spent, value, writer.before("totals", value), "支出总计"),
        R=_because(writer),
    )


def totals_with_causes(writer: Writer) -> Passage:
    """S06: 收支总计较上年…，主要原因是{L1}增加{D1}，{L2}减少{D2}。"""
    value = _grand_total(writer)
    change = _both_changed(writer, _BOTH, "收支总计", value)
    causes = []
    for label in writer.random.sample(_SPENDING_CAUSES, 2):
        sign = writer.pick(1, -1)
        amount = writer.money(subject(label), writer.small(), "change", sign=sign)
        word = "增加" if sign > 0 else "减少"
        causes.append(writer.say("{L}<较上年|>" + word + "{D}", L=label, D=amount))
    return writer.say("{C}，主要原因是{X}，{Y}。", C=change, X=causes[0], Y=causes[1])


def totals_taken_apart(writer: Writer) -> Passage:
    """S07: 收入总计{A}，其中：本年收入合计…，使用非财政拨款结余…；支出总计{A}，其中：…"""
    account, value = writer.account, _grand_total(writer)
    left = {
        "本年收入合计": account.received(),
        "使用非财政拨款结余": account.surplus_used,
        "年初结转和结余": account.carried(account.opening),
    }
    right = {
        "本年支出合计": account.spent(),
        "结余分配": account.distribution,
        "年末结转和结余": account.carried(account.closing),
    }
    sides = []
    for label, parts in (("收入总计", left), ("支出总计", right)):
        listed = [writer.say("{L}{A}", L=name, A=writer.money(subject(name), amount))
                  for name, amount in parts.items()]  # fmt: skip
        sides.append(
            writer.say(
                "{L}{A}，<其中：|其中|包括：>{X}，{Y}，{Z}。",
                L=label,
                A=writer.money(subject(label), value),
                X=listed[0],
                Y=listed[1],
                Z=listed[2],
            )
        )
    return writer.say("{year}{X}{Y}", X=sides[0], Y=sides[1])


def whole_income(writer: Writer) -> Passage:
    """S08: 本单位{Y}年度总收入{A}，其中本年收入{A1}，本年收入较上年…"""
    received = writer.account.received()
    year_income = subject("本年收入")
    return writer.say(
        "<本单位|本部门|{body}>{year}总收入<|为>{A}，其中<|：>本年收入{B}，{C}。",
        A=writer.money(subject("总收入"), _grand_total(writer)),
        B=writer.money(year_income, received),
        C=writer.against_last_year(
            year_income, received, writer.before("本年收入", received), "本年收入"
        ),
    )


def _sources(writer: Writer) -> list[tuple[Subject, Fraction]]:
    account = writer.account
    found = [
        (subject(f"{FUND_NAMES[fund]}收入", budget=BUDGET_OF[fund]), account.received("", fund))
        for fund in BUDGET_OF
    ]
    own = [(subject(name), account.received("", key)) for key, name in OWN_SOURCES.items()]
    return [*found, *own]


def in_turn(writer: Writer, parts: list[tuple[Subject, Fraction]], total: Fraction) -> Passage:
    """Say names first and figures after: {L1}、{L2}分别为{A1}、{A2}，分别占{P1}、{P2}."""
    amounts, rates = Passage(), Passage()
    for about, value in parts:
        share = value / total if total else Fraction(0)
        amounts += ["、", writer.money(about, value)]
        rates += ["、", writer.rate(about, share, "share")]
    return writer.say(
        "{L}<分别为|分别是>{A}，<分别占|占比分别为>{P}",
        L="、".join(about.labels[0] for about, _ in parts),
        A=amounts[1:],
        P=rates[1:],
    )


def _listed(
    writer: Writer, parts: list[tuple[Subject, Fraction]], total: Fraction, base: str
) -> Passage:
    """List parts with their shares: {L}{A}，占{P}；…"""
    if len(parts) > 1 and writer.chance(0.12):
        return in_turn(writer, parts, total)
    spells_base = writer.pick(base, "", "")
    words = writer.pick("，占", "，占比", "，占比为", "、占") if not spells_base else "，占{B}的"
    mark = writer.pick("；", "；", "，")
    passage: Passage = []
    for about, value in parts:
        share = value / total if total else Fraction(0)
        rate = writer.rate(about, share, "share", spells_base or None)
        passage += writer.say(
            mark + "{L}<|为>{A}" + words + "{P}",
            L=about.labels[0],
            A=writer.money(about, value),
            B=spells_base,
            P=rate,
        )
    first = passage[0]
    return [first.lstrip("；，;,") if isinstance(first, str) else first, *passage[1:]]


def income_of_all_sources(writer: Writer) -> Passage:
    """S09: 本年收入合计{A}，其中：…收入{Ai}，占{Pi}；… with every source, zero or not."""
    return _income(writer, _sources(writer))


def income_of_some_sources(writer: Writer) -> Passage:
    """S10: the same, without the sources that gave nothing."""
    return _income(writer, [part for part in _sources(writer) if part[1]])


def _income(writer: Writer, parts: list[tuple[Subject, Fraction]]) -> Passage:
    received = writer.account.received()
    if not parts:
        return totals_alike(writer)
    return writer.say(
        "<{year}|>本年收入合计<|为>{A}，<其中：|其中|包括：>{X}。",
        A=writer.money(subject("本年收入合计"), received),
        X=_listed(writer, parts, received, "本年收入合计"),
    )


def numbered_income(writer: Writer) -> Passage:
    """S11: {n}.{L}{A}，为…。较上年决算数…，主要原因是… A line for each source."""
    lines: Passage = []
    for number, (about, value) in enumerate(_sources(writer)[:5], start=1):
        name = about.labels[0]
        lines += writer.say(
            "{N}.{L}<|为>{A}，为<本单位从主管部门取得的收入|按规定取得的收入>。{C}{R}",
            N=writer.number(number, "list_number"),
            L=name,
            A=writer.money(about, value),
            C=writer.against_last_year(about, value, writer.before(name, value)),
            # Whose budget an amount of a reason comes from would be open.
            R=_because(writer, money=0),
        )
        lines.append("\n")
    return lines[:-1]


def plain_income(writer: Writer) -> Passage:
    """S12: {Y}年度，本单位收入为{A}，其中：财政拨款收入{A1}，占{P1}。"""
    account = writer.account
    received = account.received()
    fiscal = sum((account.received("", fund) for fund in BUDGET_OF), Fraction(0))
    parts = [(subject("财政拨款收入"), fiscal)]
    parts += [part for part in _sources(writer)[3:] if part[1]]
    return writer.say(
        "{year}，<本单位|本部门>本年收入为{A}，其中：{X}。",
        A=writer.money(subject("本年收入"), received),
        X=_listed(writer, parts, received, "本年收入"),
    )


def _types(writer: Writer) -> list[tuple[Subject, Fraction]]:
    spent = writer.account.spent
    return [(subject(name), spent("", None, kind)) for kind, name in TYPES.items()]


def spending_by_type(writer: Writer) -> Passage:
    """S13: 本年支出合计{A}，其中：基本支出{A1}，占{P1}；项目支出…"""
    parts = _types(writer)
    if writer.chance(0.5):
        parts = [part for part in parts if part[1]] or parts[:2]
    total = writer.account.spent()
    return writer.say(
        "<{year}|>本年支出合计<|为>{A}，<其中：|其中|包括：>{X}。",
        A=writer.money(subject("本年支出合计"), total),
        X=_listed(writer, parts, total, "本年支出合计"),
    )


def numbered_spending(writer: Writer) -> Passage:
    """S14: {n}.{类}支出{A}：主要用于…。较上年决算数… A line for each category."""
    lines: Passage = []
    for number, (about, value) in enumerate(_all_classes(writer), start=1):
        name = about.labels[0]
        lines += writer.say(
            "{N}.{L}{A}<：|，>主要用于<人员及办公|专项业务|机构运转>。{C}{R}",
            N=writer.number(number, "list_number"),
            L=name,
            A=writer.money(about, value),
            C=writer.against_last_year(about, value, writer.before(name, value)),
            R=_because(writer),
        )
        lines.append("\n")
    return lines[:-1]


def _all_classes(writer: Writer) -> list[tuple[Subject, Fraction]]:
    """Return the categories of all money together, which no one budget holds."""
    found = {about.code: about for fund in _FUNDS for about, _ in writer.classes(fund)}
    spent = writer.account.spent
    return [
        (subject(about.labels[0], code=code), spent(code or ""))
        for code, about in sorted(found.items(), key=lambda pair: str(pair[0]))
    ]


def carried_over(writer: Writer) -> Passage:
    """S15: 年末结转和结余{A}，较上年增加{D}，主要原因是…"""
    label = writer.pick("年末结转和结余", "年末结转结余")
    about, value = subject(label), writer.account.carried(writer.account.closing)
    return writer.say(
        "<本部门|本单位|>{year}{L}<|为>{A}<，|，{K}，>{C}{R}",
        K=_carried_apart(writer, value),
        L=label,
        A=writer.money(about, value),
        C=writer.against_last_year(about, value, writer.before(label, value), label),
        R=_because(writer),
    )


def _carried_apart(writer: Writer, value: Fraction) -> Passage:
    """Part what is carried over: 其中：基本支出结转{A1}、项目支出结转和结余{A2}."""
    basic = Fraction(round(value / 300) * 100)
    return writer.say(
        "其中：基本支出结转{A}、项目支出结转和结余{B}",
        A=writer.money(subject("基本支出结转"), basic),
        B=writer.money(subject("项目支出结转和结余"), value - basic),
    )


def fiscal_totals_together(writer: Writer) -> Passage:
    """S16: {Y}年财政拨款收、支总计{A}。与上年相比，财政拨款收、支总计各…"""
    name = writer.pick("财政拨款收、支总计", "财政拨款收入支出总计", "财政拨款收支总计")
    value = _fiscal_total(writer)
    return writer.say(
        "<{body}|>{year}{L}<|均为|为>{A}。{C}{R}",
        L=name,
        A=writer.money(_BOTH_FISCAL, value),
        C=_both_changed(writer, _BOTH_FISCAL, name, value),
        R=_because(writer),
    )


def fiscal_totals_each(writer: Writer) -> Passage:
    """S17: 财政拨款收入总计{A1}，与上年相比…；财政拨款支出总计{A2}，…"""
    value = _fiscal_total(writer)
    halves = []
    for label in _BOTH_FISCAL.labels:
        about = subject(label)
        halves.append(
            writer.say(
                "{L}<|为>{A}，{C}",
                L=label,
                A=writer.money(about, value),
                C=writer.against_last_year(about, value, writer.before("fiscal", value)),
            )
        )
    return writer.say("{year}{X}；{Y}。", X=halves[0], Y=halves[1])


def fiscal_income_compared(writer: Writer) -> Passage:
    """S18: 财政拨款收入{A}，较上年决算数…。较年初预算数…"""
    account = writer.account
    about = subject("财政拨款收入")
    value = sum((account.received("", fund) for fund in BUDGET_OF), Fraction(0))
    return writer.say(
        "<本部门|本单位|>{year}财政拨款收入<|为>{A}，{C}。{D}{R}",
        A=writer.money(about, value),
        C=writer.against_last_year(about, value, writer.before("财政拨款收入", value)),
        D=writer.against_budget(about, value, writer.planned("财政拨款收入", value)),
        R=_because(writer),
    )


TOTALS: dict[str, Shape] = {
    "S01": totals_together,
    "S02": totals_alike,
    "S03": totals_in_turn,
    "S04": income_and_expenditure_total,
    "S05": totals_each,
    "S06": totals_with_causes,
    "S07": totals_taken_apart,
}
INCOME: dict[str, Shape] = {
    "S08": whole_income,
    "S09": income_of_all_sources,
    "S10": income_of_some_sources,
    "S11": numbered_income,
    "S12": plain_income,
}
EXPENDITURE: dict[str, Shape] = {"S13": spending_by_type, "S14": numbered_spending}
CARRY_OVER: dict[str, Shape] = {"S15": carried_over}
APPROPRIATIONS: dict[str, Shape] = {
    "S16": fiscal_totals_together,
    "S17": fiscal_totals_each,
    "S18": fiscal_income_compared,
}
