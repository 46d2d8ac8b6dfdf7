"""The tree on the page: 类→款→项 of each column or budget, reported and computed from below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fiscal.errors import FiscalError, Text
from fiscal.graph.account import Account, roll_up_account
from fiscal.graph.roll_up import Node
from fiscal.model import Extraction
from fiscal.report.figures import Scale, scale_of
from fiscal.report.page.markup import Element, element
from fiscal.report.trees import MARKS, OUTCOMES, Tree, brief_line, label_of, trees_of

__all__ = ["RolledUp", "headings_section", "rolled_up"]

_COLUMNS = (
    Text("科目", "heading"),
    Text("表列", "reported"),
    Text("下级合计", "computed"),
    Text("差额", "difference"),
    Text("结果", "outcome"),
)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """An account rolled up or, where there is none, the reason."""

    account: Account | None
    reason: Text | None

    @property
    def reported(self) -> frozenset[str]:
        """The ids of the figures that stand in the trees."""
        nodes = self.account.nodes if self.account else ()
        return frozenset(node.evidence[0] for node in nodes if node.evidence)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code of the trees once, in order."""
        nodes = self.account.nodes if self.account else ()
        return tuple(sorted({node.code for node in nodes if node.parent is not None}))


def rolled_up(extraction: Extraction) -> RolledUp:
    """Roll an account up; a document without amounts, or of an unknown year, has no tree."""
    try:
        return RolledUp(roll_up_account(extraction, year=extraction.profile.fiscal_year), None)
    except FiscalError as error:
        return RolledUp(None, error.found)


def headings_section(rolled: RolledUp, figures: Mapping[str, str], language: str) -> Element:
    """Return the section of trees: in full those that do not add up, the others folded."""
    head = element("h2", Text("科目汇总", "Headings rolled up").to(language), id="headings")
    if rolled.account is None:
        reason = rolled.reason.to(language) if rolled.reason else ""
        return element("section", head, element("p", reason), aria_labelledby="headings")
    extraction = rolled.account.extraction
    facts = {fact.id: fact for fact in extraction.facts}
    scale = scale_of(extraction.facts)
    trees = trees_of(rolled.account.nodes, facts, language)
    ordered = sorted(trees, key=lambda tree: tree.is_brief)
    return element(
        "section",
        head,
        element("p", _lead(rolled.account, scale).to(language)),
        (_tree(tree, scale, figures, language) for tree in ordered),
        aria_labelledby="headings",
    )


def _lead(account: Account, scale: Scale) -> Text:
    counts = Counter(node.outcome for node in account.nodes)
    told = "，".join(f"{label.zh} {counts[outcome]}" for outcome, label in OUTCOMES.items())
    said = ", ".join(f"{counts[outcome]} {label.en}" for outcome, label in OUTCOMES.items())
    year = account.scheme.year
    return Text(
        f"按 {year} 年科目，逐列由下而上汇总，单位：{scale.unit}。{told}。",
        f"By the headings of {year}, every column added up from below, in {scale.unit}: {said}.",
    )


def _tree(tree: Tree, scale: Scale, figures: Mapping[str, str], language: str) -> Element:
    told = brief_line(tree, scale, language).text if tree.is_brief else tree.heading
    columns = element("tr", (element("th", c.to(language), scope="col") for c in _COLUMNS))
    rows = (_row(node, scale, figures, language) for node in tree.nodes)
    return element(
        "details",
        element("summary", told),
        element(
            "div",
            element("table", element("thead", columns), element("tbody", rows), class_="tree"),
            class_="wide",
            role="region",
            aria_label=tree.heading,
            tabindex="0",
        ),
        open=None if tree.is_brief else "open",
    )


def _row(node: Node, scale: Scale, figures: Mapping[str, str], language: str) -> Element:
    label = OUTCOMES[node.outcome].to(language)
    reason = node.reason.to(language) if node.reason else ""
    return element(
        "tr",
        element("th", label_of(node), scope="row", class_=f"depth-{node.depth}"),
        element("td", _reported(node, scale, figures), class_="number"),
        element("td", scale.rounded(node.below.value) if node.below else None, class_="number"),
        element("td", _difference(node, scale), class_="number"),
        element("td", f"{MARKS[node.outcome]} {label}", title=reason or None),
        class_=node.outcome.value,
    )


def _reported(node: Node, scale: Scale, figures: Mapping[str, str]) -> Element | str | None:
    if node.own is None:
        return None
    told = scale.printed(node.own.value)
    anchor = figures.get(node.evidence[0]) if node.evidence else None
    return element("a", told, href=f"#{anchor}") if anchor else told


def _difference(node: Node, scale: Scale) -> str | None:
    return None if node.difference is None else scale.visible(node.difference)
