"""Small changes of a program, one at a time, as a slip of the hand would make them.

Operators are exchanged or lose an operand, numbers are one off, conditions are turned round or left
out, statements and calls are dropped, and what is returned is nothing. Not changed are texts,
annotations, decorators, and what is only a name.

>>> [str(mutant) for mutant in mutants("x = a < 2")]
['1: a < 2 → a <= 2', '1: a < 2 → a >= 2', '1: 2 → 3', '1: 2 → 1']
"""

import ast
from collections.abc import Iterator
from types import CodeType
from typing import NamedTuple

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
UNTOUCHED = ("annotation", "returns", "decorator_list")


class Mutant(NamedTuple):
    """One change of a module, compiled."""

    line: int
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.line}: {self.before} → {self.after}"


def mutants(source: str, path: str = "<source>") -> Iterator[Mutant]:
    """Change a module in one place after the other."""
    tree = ast.parse(source)
    for parent, field, place, node in _places(tree):
        for changed in _changes(node):
            _put(parent, field, place, changed)
            code = compile(ast.fix_missing_locations(tree), path, "exec")
            line, before = getattr(node, "lineno", getattr(parent, "lineno", 0)), _shown(node)
            yield Mutant(line, before, _shown(changed), code)
            _put(parent, field, place, node)


def _places(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(parent):
        if field in UNTOUCHED or isinstance(value, str):
            continue
        many = isinstance(value, list)
        for place, node in enumerate(value if many else [value]):
            if isinstance(node, ast.AST):
                yield parent, field, place if many else None, node
                yield from _places(node)


def _put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return "nothing" if text == "pass" else text if len(text) <= 70 else f"{text[:69]}…"


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy that differs in some fields."""
    changed = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(changed, node)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Give all that may stand in the place of one node."""
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.AugAssign() | ast.UnaryOp():
            yield from _other_operators(node)
        case ast.Call():
            yield from _other_calls(node)
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value)):
            yield from (_with(node, value=value + more) for more in (1, -1))
        case ast.Slice():
            parts = [part for part in ("lower", "upper") if getattr(node, part)]
            yield from (_with(node, **{part: None}) for part in parts)
        case _:
            yield from _other_ways(node)
    if isinstance(node, ast.If | ast.Raise | ast.AugAssign | ast.Expr) and not _is_text(node):
        yield ast.copy_location(ast.Pass(), node)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _other_operators(node: ast.AST) -> Iterator[ast.AST]:
    """Compare, join or compute otherwise, or without an operand."""
    match node:
        case ast.Compare(ops=old):
            for at, operator in enumerate(old):
                for new in OPERATORS[type(operator)]:
                    yield _with(node, ops=[*old[:at], new(), *old[at + 1 :]])
        case ast.BoolOp(op=operator, values=values):
            yield from (_with(node, op=new()) for new in OPERATORS[type(operator)])
            for left_out in values:
                kept = [value for value in values if value is not left_out]
                yield _with(node, values=kept) if kept[1:] else kept[0]
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator):
            yield from (_with(node, op=new()) for new in OPERATORS.get(type(operator), ()))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    """Call the opposite, leave out the call, or leave out the key of an order."""
    match node:
        case ast.Call(func=ast.Name(id="abs"), args=[value]):
            yield value
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            words = [] if name == "sorted" else node.keywords
            yield _with(node, func=ast.Name(CALLS[name], ast.Load()), keywords=words)
        case ast.Call(func=ast.Attribute(value=receiver), args=[], keywords=[]):
            yield receiver
    if any(each.arg == "key" for each in node.keywords):
        yield _with(node, keywords=[each for each in node.keywords if each.arg != "key"])


def _other_ways(node: ast.AST) -> Iterator[ast.AST]:
    """Turn a condition round, take all, or return nothing."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Compare):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[_, *_]):
            yield _with(node, ifs=[])
        case ast.Return(value=ast.AST() as value) if ast.unparse(value) != "None":
            yield _with(node, value=ast.Constant(None))
