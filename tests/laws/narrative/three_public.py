"""Shapes S32 to S48: the three public expenses, the journeys, vehicles and receptions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.laws.accounts import EXPENSES
from tests.laws.narrative.overall import in_turn
from tests.laws.narrative.pieces import Other, Passage, Saying
from tests.laws.narrative.writer import Shape, Writer, subject

__all__ = ["EACH", "JOURNEYS", "PARTS", "RECEPTIONS", "VEHICLES", "WHOLE"]

_ALL = "“三公”经费财政拨款支出"
_ABROAD, _BUYING, _RUNNING, _RECEIVING = EXPENSES
_VEHICLES = "公务用车购置及运行维护费"
_PARTS = {_ABROAD: (_ABROAD,), _VEHICLES: (_BUYING, _RUNNING), _RECEIVING: (_RECEIVING,)}
_KINDS_OF_VEHICLE = (
    "主要领导干部用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部用车",
    "其他用车",
)


def _money(writer: Writer, expense: str, measure: str = "final") -> Fraction:
    account = writer.account.three_public
    parts = _PARTS.get(expense) or (EXPENSES if expense == _ALL else (expense,))
    return sum((account[part, measure] for part in parts), Fraction(0))


def _name(writer: Writer, expense: str) -> str:
    return writer.pick(expense, expense + "支出")


def completed_whole(writer: Writer) -> Passage:
    """S32: “三公”经费财政拨款支出决算为{A}，完成预算{P}，决算数与预算数持平。"""
    about, value, planned = subject(_ALL), _money(writer, _ALL), _money(writer, _ALL, "budget")
    return writer.say(
        "{year}{L}决算<为|数为>{A}{P}{R}。",
        L=_ALL,
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        R=writer.explained(about, value, planned),
    )


def planned_whole(writer: Writer) -> Passage:
    """S33: …年初预算为{B}，支出决算为{A}，完成预算的{P}，其中：{L}决算为{Ai}，完成…"""
    about, value, planned = subject(_ALL), _money(writer, _ALL), _money(writer, _ALL, "budget")
    parts: Passage = []
    for expense in _PARTS:
        name, spent = _name(writer, expense), _money(writer, expense)
        part = subject(name)
        parts += writer.say(
            "；{L}决算为{A}{P}",
            L=name,
            A=writer.money(part, spent),
            P=writer.completed(part, spent, _money(writer, expense, "budget")),
        )
    return writer.say(
        "<{year}|>{L}<年初预算为|年初预算数为>{B}，支出决算为{A}{P}，其中：{X}。",
        L=_ALL,
        B=writer.money(about, planned, "budget"),
        A=writer.money(about, value),
        P=writer.completed(about, value, planned),
        X=[str(parts[0])[1:], *parts[1:]],
    )


def whole_changed(writer: Writer) -> Passage:
    """S34: …决算数比上年减少{D}，下降{P}，其中：{L}支出决算减少{Di}，下降{Pi}；…持平。"""
    about, value = subject(_ALL), _money(writer, _ALL)
    parts: Passage = []
    for expense in _PARTS:
        name, spent = expense + "支出", _money(writer, expense)
        change = writer.changed(subject(name), spent, writer.before(expense, spent))
        link = writer.pick("与上年", "与上年度") if isinstance(change[0], Saying) else "决算"
        parts += writer.say("；{L}{K}{C}", L=name, K=link, C=change)
    whole = writer.changed(about, value, writer.before(_ALL, value))
    link = writer.say(
        "与<上年|{prior}>" if isinstance(whole[0], Saying) else "<比|较><上年|{prior}>"
    )
    return writer.say(
        "{year}{L}决算数{K}{C}，其中：{X}。",
        L=_ALL,
        K=link,
        C=whole,
        X=[str(parts[0])[1:], *parts[1:]],
    )


def parts_with_shares(writer: Writer) -> Passage:
    """S35: …支出决算中，因公出国（境）费支出决算{A1}，占{P1}；…"""
    total, parts = _money(writer, _ALL), Passage()
    if writer.chance(0.15):
        listed = [(subject(expense + "支出"), _money(writer, expense)) for expense in _PARTS]
        return writer.say("{year}{L}决算中，{X}。", L=_ALL, X=in_turn(writer, listed, total))
    words = writer.pick("，占", "，占比", "，占比为")
    for expense in _PARTS:
        name, spent = expense + "支出", _money(writer, expense)
        parts += writer.say(
            "；{L}<决算|决算为|>{A}" + words + "{P}",
            L=name,
            A=writer.money(subject(name), spent),
            P=writer.rate(subject(name), spent / total if total else Fraction(0), "share"),
        )
    return writer.say(
        "{year}{L}决算中，{X}。<具体情况如下：|>", L=_ALL, X=[str(parts[0])[1:], *parts[1:]]
    )


def _completed_and_changed(writer: Writer, expense: str) -> Passage:
    """S36: {L}支出{A}，完成预算{P}。{L}支出决算比上年减少{D}，下降{P2}。"""
    name, spent = expense + "支出", _money(writer, expense)
    about = subject(name)
    return writer.say(
        "{L}{A}{P}。{C}，主要<原因是|原因：>{R}。",
        L=name,
        A=writer.money(about, spent),
        P=writer.completed(about, spent, _money(writer, expense, "budget")),
        C=writer.against_last_year(about, spent, writer.before(expense, spent), name + "决算"),
        R=writer.reason(about, money=0.1),
    )


def _of_a_printed_budget(writer: Writer, expense: str) -> Passage:
    """S37: {L}支出决算为{A}，完成预算{B}的{P}，比上年决算数减少{D}，下降{P2}。"""
    name, spent = _name(writer, expense), _money(writer, expense)
    planned, about = _money(writer, expense, "budget"), subject(name)
    if not planned:
        return _completed_and_changed(writer, expense)
    return writer.say(
        "{L}<决算为|决算数为>{A}，完成<预算|年初预算>{B}的{P}，{C}。",
        L=name,
        A=writer.money(about, spent),
        B=writer.money(about, planned, "budget"),
        P=writer.rate(about, spent / planned, "completion"),
        C=writer.against_last_year(about, spent, writer.before(expense, spent)),
    )


def _against_the_budget(writer: Writer, expense: str) -> Passage:
    """S38: {L}支出{A}，较年初预算减少{D}，下降{P}，原因是…"""
    name, spent = _name(writer, expense), _money(writer, expense)
    about = subject(name)
    return writer.say(
        "{L}<|为>{A}，{C}，<原因是|主要原因是>{R}。",
        L=name,
        A=writer.money(about, spent),
        C=writer.against_budget(about, spent, _money(writer, expense, "budget")),
        R=writer.reason(about, money=0.1),
    )


def _against_both(writer: Writer, expense: str) -> Passage:
    """S39: {L}{A}，较上年决算数减少{D}，下降{P}；较年初预算数减少{D2}，下降{P2}。"""
    name, spent = _name(writer, expense), _money(writer, expense)
    about = subject(name)
    return writer.say(
        "{L}{A}，{C}；{B}。",
        L=name,
        A=writer.money(about, spent),
        C=writer.against_last_year(about, spent, writer.before(expense, spent)),
        B=writer.against_budget(about, spent, _money(writer, expense, "budget")),
    )


def _with_bases(writer: Writer, expense: str) -> Passage:
    """S40: 较上年{A0}减少{D}，下降{P}，较预算数{B}减少{D2}，下降{P2}。"""
    name, spent = _name(writer, expense), _money(writer, expense)
    about, before = subject(name), writer.before(expense, spent)
    planned = _money(writer, expense, "budget")
    if spent in (before, planned) or not before or not planned:
        return _against_both(writer, expense)
    difference, sign = spent - planned, 1 if spent > planned else -1
    return writer.say(
        "{L}<|为>{A}，较上年<|决算数>{Z}{C}，较<预算数|年初预算数>{B}"
        + ("增加{D}，增长{P}。" if sign > 0 else "减少{D}，下降{P}。"),
        L=name,
        A=writer.money(about, spent),
        Z=writer.money(about, before, "prior_year"),
        C=writer.changed(about, spent, before),
        B=writer.money(about, planned, "budget"),
        D=writer.money(about, abs(difference), "budget_difference", sign=sign),
        P=writer.rate(about, abs(difference) / planned, "change_rate", "预算", sign),
    )


def _in_brackets(writer: Writer, expense: str) -> Passage:
    """S41: {L}{A}，比上年减少{D}（下降{P}）（公务用车购置费{A1}，运行维护费{A2}）。"""
    name, spent = expense, _money(writer, expense)
    about, parts = subject(name), Passage()
    if expense == _VEHICLES:
        parts = writer.say(
            "（<其中：|>{X}{A}，{Y}{B}）",
            X=_BUYING,
            A=writer.money(subject(_BUYING), _money(writer, _BUYING)),
            Y=_RUNNING,
            B=writer.money(subject(_RUNNING), _money(writer, _RUNNING)),
        )
    return writer.say(
        "{L}{A}{X}，{C}。",
        L=name,
        A=writer.money(about, spent),
        X=parts,
        C=writer.against_last_year(about, spent, writer.before(expense, spent)),
    )


def _groups_and_persons(writer: Writer, least: int, most: int, more: int) -> tuple[int, int]:
    """Draw how many groups there were, and of how many persons: none of them is empty."""
    groups = writer.random.randint(least, most)
    return groups, groups + writer.random.randint(0, more) if groups else 0


def journeys(writer: Writer) -> Passage:
    """S42: 全年安排因公出国（境）团组{N}个，累计{M}人次。"""
    number, people = _groups_and_persons(writer, 0, 9, 50)
    words, label = writer.pick(
        ("累计<出国（境）|>{M}", "因公出国（境）累计人次"),
        ("<出国（境）|参加出国（境）>{M}", "出国（境）人数"),
    )
    return writer.say(
        "全年<安排|使用财政拨款安排>因公出国（境）团组{N}<，|、>" + words + "。",
        N=writer.count("因公出国（境）团组", number, writer.pick("个", "次")),
        M=writer.count(label, people, writer.pick("人次", "人")),
    )


def _bought_and_run(writer: Writer) -> Passage:
    """Write S43 as expenses: 公务用车购置支出{A}，购置公务用车{N}辆。公务用车运行维护支出{B}，…"""
    bought = _money(writer, _BUYING)
    return writer.say(
        "公务用车购置支出<|为>{A}，<购置公务用车|新购公务用车>{N}。公务用车运行维护支出{B}，"
        "主要用于<燃料、维修、保险|下乡执法用车>，公务用车保有量为{M}。",
        A=writer.money(subject("公务用车购置支出"), bought),
        N=writer.count("购置公务用车", writer.random.randint(1 if bought else 0, 5), "辆"),
        B=writer.money(subject("公务用车运行维护支出"), _money(writer, _RUNNING)),
        M=writer.count("公务用车保有量", writer.random.randint(0, 40), "辆"),
    )


def fleet(writer: Writer) -> Passage:
    """S43: 更新购置公务用车{N}辆，金额{A}。截至年底，单位共有公务用车{M}辆，其中：…"""
    if writer.chance(0.3):
        return _bought_and_run(writer)
    bought = _money(writer, _BUYING)
    about = subject("更新购置公务用车")
    kinds = [
        (kind, writer.random.randint(0, 12))
        for kind in writer.random.sample(_KINDS_OF_VEHICLE, writer.pick(3, 4, 5))
    ]
    listed = [
        writer.say("{L}{N}", L=kind, N=writer.count(kind, number, "辆")) for kind, number in kinds
    ]
    mark = writer.pick("、", "，")
    parts = [piece for each in listed for piece in (mark, *each)][1:]
    return writer.say(
        "全年按规定更新购置公务用车{N}，金额{A}。截至{Y}年{M}月底，<单位|本单位>共有公务用车{T}，"
        "其中：{X}。",
        N=writer.count(about.labels[0], writer.random.randint(1 if bought else 0, 5), "辆"),
        A=writer.money(about, bought),
        Y=Other(str(writer.year), "date"),
        M=Other("12", "date"),
        T=writer.count("公务用车", sum(number for _, number in kinds), "辆"),
        X=parts,
    )


def vehicles_kept(writer: Writer) -> Passage:
    """S44: 开支财政拨款的公务用车保有量为{N}辆。"""
    number = writer.count("公务用车保有量", writer.random.randint(0, 80), "辆")
    return writer.say(
        "<{year}，{body}|年末，本单位|>开支财政拨款的公务用车保有量<|为>{N}。", N=number
    )


def receptions_at_home(writer: Writer) -> Passage:
    """S45: 国内公务接待{N}批次，{M}人次（不包括陪同人员），共计支出{A}。"""
    about = subject("国内公务接待支出")
    groups, persons = _groups_and_persons(writer, 0, 300, 3700)
    return writer.say(
        "国内公务接待{N}<，|、>{M}<（不包括陪同人员）|（不含陪同人员）|>，共计支出{A}"
        "<，具体内容包括：接待兄弟单位调研、上级检查的餐费|，主要用于接待外地考察>。",
        N=writer.count("国内公务接待批次", groups, "批次"),
        M=writer.count("国内公务接待人次", persons, "人次"),
        A=writer.money(about, _money(writer, _RECEIVING)),
    )


def receptions(writer: Writer) -> Passage:
    """S46: 公务接待{N}批次、{M}人次，其中：接待外宾{N2}批次、{M2}人次。"""
    groups, persons = _groups_and_persons(writer, 40, 300, 3700)
    foreign_groups, foreigners = _groups_and_persons(writer, 0, 4, 36)
    return writer.say(
        "<公务接待|全年公务接待>{N}<、|，>{M}，其中：接待外宾{O}<、|，>{Q}。",
        N=writer.count("公务接待批次", groups, "批次"),
        M=writer.count("公务接待人次", persons, "人次"),
        O=writer.count("接待外宾批次", foreign_groups, "批次"),
        Q=writer.count("接待外宾人次", foreigners, "人次"),
    )


def receptions_of_foreigners(writer: Writer) -> Passage:
    """S47: 外事接待支出{A}，外事接待{N}批次，{M}人，共计支出{A}。"""
    about, value = subject("外事接待支出"), writer.pick(Fraction(0), writer.small())
    return writer.say(
        "外事接待支出{A}，外事接待{N}，{M}，共计支出{B}。",
        A=writer.money(about, value),
        N=writer.count("外事接待批次", 3 if value else 0, "批次"),
        M=writer.count("外事接待人次", 17 if value else 0, writer.pick("人", "人次")),
        B=writer.money(about, value),
    )


def nothing_at_all(writer: Writer) -> Passage:
    """S48: {U}{Y}年度无“三公”经费财政拨款支出。"""
    said = Saying(writer.pick("无", "没有", "未发生") + _ALL, "zero", _ALL)
    return writer.say("{body}{year}{S}。", S=said)


def _for_each(sentence: Callable[[Writer, str], Passage]) -> Shape:
    def write(writer: Writer) -> Passage:
        """Write every expense in one shape, a numbered line for each."""
        passage: Passage = []
        for number, expense in enumerate(_PARTS, start=1):
            before = writer.pick("{N}.", "{N}、", "（{N}）")
            passage += writer.say(before, N=writer.number(number, "list_number"))
            passage += [*sentence(writer, expense), "\n"]
        return passage[:-1]

    return write


WHOLE: dict[str, Shape] = {
    "S32": completed_whole,
    "S33": planned_whole,
    "S34": whole_changed,
    "S48": nothing_at_all,
}
PARTS: dict[str, Shape] = {"S35": parts_with_shares}
EACH: dict[str, Shape] = {
    "S36": _for_each(_completed_and_changed),
    "S37": _for_each(_of_a_printed_budget),
    "S38": _for_each(_against_the_budget),
    "S39": _for_each(_against_both),
    "S40": _for_each(_with_bases),
    "S41": _for_each(_in_brackets),
}
JOURNEYS: dict[str, Shape] = {"S42": journeys}
VEHICLES: dict[str, Shape] = {"S43": fleet, "S44": vehicles_kept}
RECEPTIONS: dict[str, Shape] = {
    "S45": receptions_at_home,
    "S46": receptions,
    "S47": receptions_of_foreigners,
}
