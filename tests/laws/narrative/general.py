"""Shapes S19 to S31 and S49 to S51: what each budget was spent on, whole, parts and items."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.laws.accounts import BUDGET_OF, FUNDS, GENERAL, STATE
from tests.laws.narrative.pieces import Passage, Piece, Saying, Subject
from tests.laws.narrative.writer import Shape, Writer, subject, whole, without_unit

__all__ = ["BASIC", "ITEMS", "OTHER_BUDGETS", "STATE_CAPITAL", "STRUCTURE", "WHOLE"]

_GENERAL = "一般公共预算财政拨款支出"
Item = tuple[Subject, tuple[str, ...], Fraction]


def whole_of_general(writer: Writer) -> Passage:
    """S19: 一般公共预算财政拨款支出{A}，占本年支出合计的{P0}。与上年相比，…"""
    value, total = writer.account.spent("", GENERAL), writer.account.spent()
    about = whole(_GENERAL, GENERAL)
    again = writer.pick(_GENERAL, _GENERAL, "一般公共预算财政拨款")
    return writer.say(
        "<{year}|>{L}<|为>{A}，占<本年支出合计|本年支出><的|>{P}。{K}{C}{R}",
        L=_GENERAL,
        A=writer.money(about, value),
        P=writer.rate(about, value / total if total else Fraction(0), "share", "本年支出"),
        K=_by_type(writer) if writer.chance(0.25) else [],
        C=writer.against_last_year(
            whole(again, GENERAL), value, writer.before(_GENERAL, value), again
        ),
        R=writer.say("<，|。>主要<变动|>原因<是|：>{R}。", R=writer.reason(about)),
    )


def _by_type(writer: Writer) -> Passage:
    """Part the general public budget: 其中：基本支出{A1}，占{P1}；项目支出{A2}，占{P2}."""
    total, parts = writer.account.spent("", GENERAL), []
    for name, kind in (("基本支出", "basic_expenditure"), ("项目支出", "project_expenditure")):
        value = writer.account.spent("", GENERAL, kind)
        about = subject(name, budget=BUDGET_OF[GENERAL])
        share = writer.rate(about, value / total if total else Fraction(0), "share")
        parts.append(writer.say("{L}{A}，占{P}", L=name, A=writer.money(about, value), P=share))
    return writer.say("其中：{X}；{Y}。", X=parts[0], Y=parts[1])


def _shown(writer: Writer, name: str) -> str:
    stem = name.removesuffix("支出")
    return writer.pick(f"{stem}（类）支出", f"{name}（类）", name)


def structure(writer: Writer) -> Passage:
    """S20: 一般公共预算财政拨款支出{A}，主要用于以下方面：{类}（类）支出{A1}，占{P1}；…"""
    value = writer.account.spent("", GENERAL)
    parts = writer.classes()
    if not parts:
        return nothing_spent(writer)
    words, mark = writer.pick("，占", "，占比", "，占比为", ",占"), writer.pick("；", "；", "，")
    listed: Passage = []
    for about, amount in parts:
        listed += writer.say(
            mark + "{L}{A}" + words + "{P}",
            L=_shown(writer, about.labels[0]),
            A=writer.money(about, amount),
            P=writer.rate(about, amount / value, "share"),
        )
    return writer.say(
        "<{year}|>{L}{A}，<主要用于以下方面：|主要用于以下几个方面：|用于以下方面：>{X}。",
        L=_GENERAL,
        A=writer.money(whole(_GENERAL, GENERAL), value),
        X=[str(listed[0]).lstrip("；，;,"), *listed[1:]],
    )


def structure_as_list(writer: Writer) -> Passage:
    """S21: {n}.“{类}”{A}，占{P}； A line for each category."""
    value, lines = writer.account.spent("", GENERAL), Passage()
    if writer.chance(0.4):
        return _structure_with_uses(writer) or nothing_spent(writer)
    for number, (about, amount) in enumerate(writer.classes(), start=1):
        share = writer.rate(about, amount / value, "share")
        lines += writer.say(
            "{N}.“{L}”<|科目>{A}，占{P}<；|。>",
            N=writer.number(number, "list_number"),
            L=about.labels[0],
            A=writer.money(about, amount),
            P=share,
        )
        lines.append("\n")
    return lines[:-1] or nothing_spent(writer)


def _structure_with_uses(writer: Writer) -> Passage:
    """Write S21 with uses: {n}.{类}（类）支出{A}，占一般公共预算财政拨款总支出的{P}。主要用于…"""
    base, lines = "一般公共预算财政拨款总支出", Passage()
    for number, (about, amount) in enumerate(writer.classes(), start=1):
        share = amount / writer.account.spent("", GENERAL)
        lines += writer.say(
            "{N}.{L}{A}，占{B}的{P}。主要用于<人员工资|机关运转|专项业务>。",
            N=writer.number(number, "list_number"),
            L=_shown(writer, about.labels[0]),
            A=writer.money(about, amount),
            B=base,
            P=writer.rate(about, share, "share", base),
        )
        lines.append("\n")
    return lines[:-1]


def nothing_spent(writer: Writer) -> Passage:
    """Say that the general public budget gave nothing."""
    zero = writer.money(whole(_GENERAL, GENERAL), Fraction(0))
    return writer.say("{year}{L}{A}。", L=_GENERAL, A=zero)


def _planned(writer: Writer) -> Fraction:
    plans = (writer.planned(about.labels[0], value) for about, _, value in writer.items())
    return sum(plans, Fraction(0))


def completed_whole(writer: Writer) -> Passage:
    """S22: 一般公共预算支出决算数为{A}，完成预算{P}。其中："""
    label = writer.pick("一般公共预算支出", _GENERAL)
    about, value = whole(label, GENERAL), writer.account.spent("", GENERAL)
    amount = writer.money(about, value)
    if writer.chance(0.05):
        amount = without_unit(amount)
    return writer.say(
        "{year}{L}<决算数为|决算为>{A}{P}。其中：",
        L=label,
        A=amount,
        P=writer.completed(about, value, _planned(writer)),
    )


def planned_whole(writer: Writer) -> Passage:
    """S23: …支出年初预算为{B}，支出决算为{A}，完成年初预算的{P}。决算数小于预算数…"""
    about, value = whole(_GENERAL, GENERAL), writer.account.spent("", GENERAL)
    planned = _planned(writer)
    return writer.say(
        "<{year}|>{L}<年初预算为|年初预算数为|年初预算>{B}，支出决算<为|数为>{A}{P}{R}。其中：",
        L=_GENERAL,
        B=writer.money(about, planned, "budget"),
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        R=writer.explained(about, value, planned),
    )


def _path(writer: Writer, item: Item) -> Passage:
    """Write a heading's path with levels and no codes: {类}（类）{款}（款）{项}（项）."""
    gap = writer.pick("", "", " ")
    return [writer.style.words(gap.join(f"{name}（{level}）" for name, level in
                                        zip(item[1], "类款项", strict=True)))]  # fmt: skip


def _coded_path(writer: Writer, item: Item) -> Passage:
    """Write a heading's path with its codes: {类}（201类）{款}（03款）{项}（01项）."""
    code = item[0].code or ""
    parts = (code[:3], code[3:5], code[5:7])
    gap, passage = writer.pick("", " ", "  ", "-"), Passage()
    for name, part, level in zip(item[1], parts, "类款项", strict=True):
        passage += writer.say(gap + f"{{L}}（{{C}}{level}）", L=name, C=writer.number(part, "code"))
    return [str(passage[0])[len(gap) :], *passage[1:]]


def _spent_line(writer: Writer, item: Item, path: Passage, words: str) -> Passage:
    about, _, value = item
    planned = writer.planned(about.labels[0], value)
    return writer.say(
        words,
        L=path,
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        R=writer.explained(about, value, planned),
    )


def coded_item(writer: Writer, item: Item) -> Passage:
    """S24: {类}（201类）{款}（03款）{项}（01项）：支出决算为{A}，完成预算{P}，…"""
    words = "{L}<：|:>支出决算为{A}{P}{R}。"
    if writer.chance(0.2):
        about, names, value = item
        alone = replace(about, labels=names[-1:])
        path = writer.say("{L}（{C}）", L=names[-1], C=writer.number(about.code or "", "code"))
        return _spent_line(writer, (alone, names, value), path, words)
    return _spent_line(writer, item, _coded_path(writer, item), words)


def levelled_item(writer: Writer, item: Item) -> Passage:
    """S25: {类}（类）{款}（款）{项}（项）：支出决算为{A}，完成预算{P}，…"""
    words = "{L}<：|：|:><支出决算为|支出决算数为|决算数为>{A}{P}{R}。"
    return _spent_line(writer, item, _path(writer, item), words)


def planned_item(writer: Writer, item: Item) -> Passage:
    """S26: …（项）。主要用于：…。年初预算为{B}，支出决算为{A}，完成年初预算的{P}。…"""
    about, _, value = item
    planned = writer.planned(about.labels[0], value)
    return writer.say(
        "{L}<。|：><主要用于：|主要用于><在职人员工资|日常办公|专项业务>。"
        "<年初预算为|年初预算数为|年初预算>{B}，支出决算<为|数为>{A}{P}{R}。",
        L=_path(writer, item),
        B=writer.money(about, planned, "budget"),
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        R=writer.explained(about, value, planned),
    )


def item_told_twice(writer: Writer, item: Item) -> Passage:
    """S27: “…（项）”{A}，主要用于：…。年初预算为{B}，支出决算为{A}，…"""
    about, _, value = item
    planned = writer.planned(about.labels[0], value)
    return writer.say(
        "“{L}”{X}，主要用于：<人员经费|机构运转|课题研究>。年初预算为{B}，支出决算为{A}{P}。",
        L=_path(writer, item),
        X=writer.money(about, value),
        B=writer.money(about, planned, "budget"),
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
    )


def item_given_later(writer: Writer, item: Item) -> Passage:
    """S28: 年初预算为0，全年预算为{B}，支出决算为{A}，完成全年预算数的{P}。"""
    about, _, value = item
    adjusted = writer.planned(about.labels[0], value) or value
    rate = writer.rate(about, value / adjusted, "completion")
    return writer.say(
        "{L}<：|。>年初预算为{Z}，<全年预算为|调整预算数为|全年预算数为>{B}，支出决算为{A}，"
        "<完成全年预算数的|完成调整预算的>{P}。",
        L=_path(writer, item),
        Z=writer.money(about, Fraction(0), "budget"),
        B=writer.money(about, adjusted, "adjusted_budget", "budget"),
        A=writer.money(about, value),
        P=rate,
    )


def item_off_the_budget(writer: Writer, item: Item) -> Passage:
    """S29: …（项）{A}，完成年初预算{P}，决算数大于预算数{D}，主要原因：…"""
    about, _, value = item
    planned = writer.planned(about.labels[0], value)
    if value == planned:
        return levelled_item(writer, item)
    word, sign = ("大于", 1) if value > planned else ("小于", -1)
    difference = writer.money(about, abs(value - planned), "budget_difference", sign=sign)
    return writer.say(
        f"{{L}}{{A}}，主要用于<日常运转|专项工作>{{P}}，<决算数|支出决算>{word}<预算数|年初预算数>"
        "{D}，<主要原因：|主要原因是>{R}。",
        L=_path(writer, item),
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        D=difference,
        R=writer.reason(about, money=0),
    )


def zero_line(writer: Writer) -> Passage:
    """S30: {类}决算为0，未发生支出。"""
    named = (("教育支出", "205"), ("科学技术支出", "206"), ("其他支出", "229"))
    unspent = [each for each in named if not writer.account.spent(each[1], GENERAL)]
    name, code = writer.pick(*(unspent or [("国防支出", "203")]))
    about = subject(name, budget="general_public_budget", code=code)
    said = Saying(writer.pick("未发生支出", "当年无此项支出"), "zero", name)
    return writer.say(
        "{L}决算<为|数为>{A}，{S}。", L=name, A=writer.money(about, Fraction(0)), S=said
    )


def _entries(writer: Writer, lines: list[Passage]) -> Passage:
    """Put lines below each other with the office's numbers, or into one paragraph."""
    if lines and writer.chance(0.15):
        ended = [[*line[:-1], str(line[-1]).rstrip("。") + "；"] for line in lines]
        joined = [piece for line in ended for piece in line]
        return [*joined[:-1], str(joined[-1]).rstrip("；") + "。"]
    passage: Passage = []
    for number, line in enumerate(lines, start=1):
        passage += [*entry_number(writer, number), *line, "\n"]
    return passage[:-1]


def entry_number(writer: Writer, number: int) -> Passage:
    """Write an entry's number as the office does; a damaged list skips or repeats some."""
    if writer.style.is_damaged and writer.chance(0.3):
        number = max(1, number + writer.pick(-1, 1))
    form = writer.style.entries
    if form[:1] in ("⑴", "①"):
        return [chr(ord(form[0]) + min(number, 20) - 1) + form[1:]]
    before, _, after = form.partition("1")
    return [before, writer.number(number, "list_number"), after] if form else []


_ITEM_SHAPES = {
    "S24": coded_item,
    "S25": levelled_item,
    "S26": planned_item,
    "S27": item_told_twice,
    "S28": item_given_later,
    "S29": item_off_the_budget,
}


def _list_of(shape: str) -> Shape:
    def write(writer: Writer) -> Passage:
        """Write every item of the general public budget in one shape."""
        if shape in ("S24", "S25") and writer.classes() and writer.chance(0.35):
            return _by_category(writer, shape)
        lines = [_ITEM_SHAPES[shape](writer, item) for item in writer.items()]
        return _entries(writer, lines or [zero_line(writer)])

    return write


def _by_category(writer: Writer, shape: str) -> Passage:
    """Write each category with its items below it: {类}决算为{A}，完成预算{P}。其中："""
    passage: Passage = []
    for number, (about, value) in enumerate(writer.classes(), start=1):
        items = [item for item in writer.items() if (item[0].code or "")[:3] == about.code]
        planned = sum((writer.planned(each.labels[0], v) for each, _, v in items), Fraction(0))
        code = writer.pick([], writer.say("（{C}类）", C=writer.number(about.code or "", "code")))
        passage += writer.say(
            "{N}.{L}{C}<决算为|：支出决算为|：决算为>{A}{P}。其中：",
            N=writer.number(number, "list_number"),
            L=about.labels[0],
            C=code,
            A=writer.money(about, value),
            P=writer.completed(about, value, planned),
        )
        passage.append("\n")
        for inner, item in enumerate(items, start=1):
            mark = writer.pick(chr(ord("⑴") + inner - 1), "")
            passage += [mark, *_ITEM_SHAPES[shape](writer, item), "\n"]
    return passage[:-1]


def basic_spending(writer: Writer) -> Passage:
    """S31: 一般公共预算财政拨款基本支出{A}，其中：人员经费{A1}，主要包括：…；公用经费{A2}，…"""
    economic = writer.account.economic
    staff = sum((v for code, v in economic.items() if code[:3] in ("301", "303")), Fraction(0))
    rest = sum((v for code, v in economic.items() if code[:3] in ("302", "310")), Fraction(0))
    budget = "general_public_budget"
    label = "一般公共预算财政拨款基本支出"
    supplies = writer.pick("公用经费", "日常公用经费")
    return writer.say(
        "<{year}|>{L}<|为>{A}<，其中：|。其中：><|\n>人员经费{B}，<主要包括：|包括><基本工资、津贴补贴、奖金|"
        "基本工资、绩效工资、住房公积金、退休费><；|。\n>{S}{C}，<主要包括：|包括><办公费、印刷费、差旅费|"
        "水费、电费、邮电费、培训费、公务接待费>。",
        L=label,
        A=writer.money(subject(label, budget=budget), staff + rest),
        B=writer.money(subject("人员经费", budget=budget), staff),
        S=supplies,
        C=writer.money(subject(supplies, budget=budget), rest),
    )


def funds_spent(writer: Writer) -> Passage:
    """S49: {Y}年政府性基金预算财政拨款支出{A}。 And its items."""
    label = writer.pick("政府性基金预算财政拨款支出", "政府性基金预算拨款支出")
    amount = writer.money(whole(label, FUNDS), writer.account.spent("", FUNDS))
    head = writer.say("{year}{L}<|为>{A}。", L=label, A=amount)
    lines = [levelled_item(writer, item) for item in writer.items(FUNDS)]
    return [*head, *(["\n"] if lines else []), *_entries(writer, lines)]


def funds_in_and_out(writer: Writer) -> Passage:
    """S50: 政府性基金预算财政拨款收入{A1}，支出{A2}，支出具体情况如下："""
    account, budget = writer.account, "government_funds_budget"
    income = subject("政府性基金预算财政拨款收入", budget=budget)
    spent = whole("政府性基金预算财政拨款支出", FUNDS)
    return writer.say(
        "<{year}|>政府性基金预算财政拨款收入{A}，<政府性基金预算财政拨款|>支出{B}。",
        A=writer.money(income, account.received("", FUNDS)),
        B=writer.money(spent, account.spent("", FUNDS)),
    )


def no_funds(writer: Writer) -> Passage:
    """S51: {U}本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"""
    name = "政府性基金预算财政拨款收入和支出"
    said: Piece = Saying(writer.pick("没有", "无") + name, "zero")
    return writer.say("{body}<本年度|{year}>{S}<|，故本表无数据|，故本表为空表>。", S=said)


def state_capital_spent(writer: Writer) -> Passage:
    """Write S49 for the state capital operations budget."""
    label = writer.pick("国有资本经营预算财政拨款支出", "国有资本经营预算拨款支出")
    amount = writer.money(whole(label, STATE), writer.account.spent("", STATE))
    return writer.say("{year}{L}<|为>{A}。", L=label, A=amount)


WHOLE: dict[str, Shape] = {"S19": whole_of_general}
STRUCTURE: dict[str, Shape] = {"S20": structure, "S21": structure_as_list}
ITEMS: dict[str, Shape] = {
    "S22": completed_whole,
    "S23": planned_whole,
    **{shape: _list_of(shape) for shape in _ITEM_SHAPES},
    "S30": zero_line,
}
BASIC: dict[str, Shape] = {"S31": basic_spending}
OTHER_BUDGETS: dict[str, Shape] = {"S49": funds_spent, "S50": funds_in_and_out, "S51": no_funds}
STATE_CAPITAL: dict[str, Shape] = {"S49": state_capital_spent}
