"""The named queries: questions asked often, each a text of SPARQL with parameters.

They stand in `queries/*.rq`, each with its title and its parameters in comments at its top. A
parameter is a variable that is given a value before the query runs; a year also gives the variable
of its graph (`?year_graph`), since a graph known from the start is found many times faster than one
whose name the query puts together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pyoxigraph import Literal

from fiscal.codes import parse_code
from fiscal.errors import Text, UnknownHeading, WrongUsage, listed
from fiscal.model import BUDGETS, MEASURES
from fiscal.ontology.headings import ATTESTATIONS, YEARS, validate_year
from fiscal.ontology.names import graph_iri, literal, typed
from fiscal.ontology.scheme import heading_in

__all__ = ["NamedQuery", "Parameter", "named_queries", "with_values"]

_TITLE = re.compile(r"^# title@(zh|en): (.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# parameter: (\w+) \((\w+)\) = (\S+) — (.+) / (.+)$", re.MULTILINE)
_YEAR = re.compile(r"[0-9]{4}")
# Kinds of parameters that are one of a list; `code`, `year` and `text` are the others.
_CHOICES = {"attestation": ATTESTATIONS, "budget": BUDGETS, "measure": MEASURES}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that the user may set; `kind` says what to."""

    name: str
    kind: str
    default: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that is asked often; `needs_facts` where it asks for amounts."""

    name: str
    title: Text
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def needs_facts(self) -> bool:
        """Tell whether the query asks for observations, which only a document brings."""
        return "fiscal:amount" in self.text


@lru_cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return the named queries by name."""
    folder = files("fiscal.ontology") / "queries"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".rq")), key=str)
    named = [_named(path.name.removesuffix(".rq"), path.read_text("utf-8")) for path in paths]
    return {query.name: query for query in named}


def _named(name: str, text: str) -> NamedQuery:
    titles = dict(_TITLE.findall(text))
    return NamedQuery(name, Text(titles["zh"], titles["en"]), _parameters(text), text)


def _parameters(text: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(variable, kind, default, Text(zh, en))
        for variable, kind, default, zh, en in _PARAMETER.findall(text)
    )


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return a query with its parameters bound at the start of its WHERE, on the same line.

    Raises WrongUsage for a parameter that it does not have or a value that it cannot take,
    UnknownYear, InvalidCode, and UnknownHeading for a code that no year has.
    """
    parameters = {each.name: each for each in _parameters(text)}
    unknown = sorted(values.keys() - parameters.keys())
    if unknown:
        known = listed(parameters or ["—"])
        raise WrongUsage(
            Text(f"查询没有参数 {unknown[0]}", f"the query has no parameter {unknown[0]}"),
            Text(f"可设的参数：{known.zh}", f"its parameters: {known.en}"),
        )
    bound = "".join(
        f" {_binding(values.get(name, each.default), each)}" for name, each in parameters.items()
    )
    return text.replace("WHERE {", f"WHERE {{{bound}", 1)


def _binding(value: str, parameter: Parameter) -> str:
    name = parameter.name
    if parameter.kind == "year":
        year = _year(value, parameter)
        pair = f"{typed(str(year), 'integer')} {graph_iri(year)}"
        return f"VALUES (?{name} ?{name}_graph) {{ ({pair}) }}"
    return f"VALUES ?{name} {{ {_literal(value, parameter)} }}"


def _year(value: str, parameter: Parameter) -> int:
    if not _YEAR.fullmatch(value):
        raise WrongUsage(
            Text(f"{parameter.name} 须为四位年度", f"{parameter.name} is a year of four digits"),
            Text(f"如 {parameter.default}", f"like {parameter.default}"),
        )
    return validate_year(int(value))


def _literal(value: str, parameter: Parameter) -> Literal:
    choices = _CHOICES.get(parameter.kind)
    if choices is not None and value not in choices:
        known = listed(choices)
        raise WrongUsage(
            Text(f"{parameter.name} 不能是“{value}”", f"{parameter.name} cannot be “{value}”"),
            Text(f"选 {known.zh} 之一", f"choose one of {known.en}"),
        )
    return literal(_known_code(value) if parameter.kind == "code" else value)


def _known_code(value: str) -> str:
    code = parse_code(value)
    if any(heading_in(code, year) for year in YEARS):
        return code
    years = f"{YEARS[0]}–{YEARS[-1]}"
    raise UnknownHeading(
        Text(f"{years} 年科目中均未见 {code}", f"{code} is not known in any of {years}"),
        Text("请核对编码，或用 fiscal glossary 查找", "check it, or look with fiscal glossary"),
    )
