"""The catalogue of rules: as lines, as JSON, and as pages of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fiscal.report.citations import cited
from fiscal.rules.rule import FAMILIES, Rule

__all__ = ["family_page", "index_page", "list_lines", "rule_lines", "rule_record"]

_TITLES = {"error": "错误", "warning": "警告", "notice": "提示"}


def list_lines(rules: Iterable[Rule], language: str = "zh") -> Iterator[str]:
    """Yield a line for each rule."""
    for rule in rules:
        severity = _TITLES[rule.severity.value] if language == "zh" else rule.severity.value
        yield f"{rule.id}  {severity}  {rule.title.to(language)}"


def rule_lines(rule: Rule, language: str = "zh") -> Iterator[str]:
    """Yield all there is to say of one rule."""
    labels = {
        "zh": ("说明", "理由", "可能误报", "处理", "依据", "合格样例", "不合格样例"),
        "en": ("Gist", "Why", "False positives", "To do", "Law", "Good sample", "Bad sample"),
    }[language]
    texts = (rule.gist, rule.why, rule.false_positives, rule.remedy)
    yield f"{rule.id} (v{rule.version}, {rule.severity.value}) {rule.title.to(language)}"
    for label, text in zip(labels, texts, strict=False):
        yield f"{label}：{text.to(language)}" if language == "zh" else f"{label}: {text.en}"
    yield f"{labels[4]}：" if language == "zh" else f"{labels[4]}:"
    yield from (f"    {law}" for law in cited(rule, None, language))
    for label, sample in ((labels[5], rule.good), (labels[6], rule.bad)):
        yield f"{label}："
        yield from (f"    {line}" for line in sample.strip().split("\n"))


def rule_record(rule: Rule, language: str = "zh") -> dict[str, Any]:
    """Return a rule as a record for JSON."""
    return {
        "id": rule.id,
        "version": rule.version,
        "title": rule.title.to(language),
        "gist": rule.gist.to(language),
        "why": rule.why.to(language),
        "false_positives": rule.false_positives.to(language),
        "remedy": rule.remedy.to(language),
        "severity": rule.severity.value,
        "law": list(rule.law),
        "kinds": sorted(kind.value for kind in rule.kinds),
        "since": rule.since,
        "until": rule.until,
        "good": rule.good.strip(),
        "bad": rule.bad.strip(),
    }


def index_page(rules: Iterable[Rule]) -> str:
    """Return the page that lists every rule by family."""
    every = list(rules)
    lines = ["# Rules\n", "`fiscal rules ID` shows one of them.\n"]
    for family, title in FAMILIES.items():
        own = [rule for rule in every if rule.id[0] == family]
        if own:
            lines += [f"## [{family} · {title.zh}]({family}.md) ({title.en})\n"]
            lines += ["| id | severity | rule |", "|---|---|---|"]
            lines += [f"| {r.id} | {r.severity.value} | {r.title.zh} ({r.title.en}) |" for r in own]
            lines += [""]
    return "\n".join(lines)


def family_page(family: str, rules: Iterable[Rule]) -> str:
    """Return the page of one family: every rule with its law and samples."""
    title = FAMILIES[family]
    lines = [f"# {family} · {title.zh} ({title.en})\n"]
    for rule in rules:
        if rule.id[0] == family:
            lines += _section(rule)
    return "\n".join(lines)


def _section(rule: Rule) -> list[str]:
    law = ", ".join(f"`{key}`" for key in rule.law)
    return [
        f"## {rule.id} {rule.title.zh}\n",
        f"*{rule.title.en}* · {rule.severity.value} · version {rule.version} · {law}\n",
        f"{rule.gist.zh} {rule.gist.en}\n",
        f"**理由 (why)** {rule.why.zh} {rule.why.en}\n",
        f"**可能误报 (false positives)** {rule.false_positives.zh} {rule.false_positives.en}\n",
        f"**处理 (to do)** {rule.remedy.zh} {rule.remedy.en}\n",
        f"Passes:\n\n```text\n{rule.good.strip()}\n```\n",
        f"Fails:\n\n```text\n{rule.bad.strip()}\n```\n",
    ]
