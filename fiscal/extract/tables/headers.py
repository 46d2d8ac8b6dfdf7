"""Headers: the words above every column from the top down, and what the column is for.

Merged cells spread their text over what they cover. Where a grid does not tell of merges, an empty
cell continues its left neighbour as long as both stand below the same cell.

>>> paths(Table("", (("收入", "", "支出", ""), ("项目", "决算数", "项目", "决算数"))), (0, 1))
(('收入', '项目'), ('收入', '决算数'), ('支出', '项目'), ('支出', '决算数'))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fiscal.extract.tables.cells import compact, figure_in, is_blank
from fiscal.extract.tables.regions import is_code_like
from fiscal.model import Table

__all__ = ["Block", "Path", "Role", "blocks_of", "paths", "roles_of"]

Path = tuple[str, ...]

_CODE_LEAF = re.compile(r"[类款项目]")
_CODE = re.compile(r"编码|代码")
_NAME = re.compile(
    r"名称$|^(?:项目|科目|单位|部门|支出项目|收入项目|内容|类别|支出内容|资产类别|采购项目)$|^(?:项目|科目)\(|^项目内容|(?<!编)(?<!代)名称\(.*\)$"
)
_ROW_NUMBER = re.compile(r"^(?:行次|行号|栏次)$")
_LIST_NUMBER = re.compile(r"^(?:序号|编号|No\.?)$")
_WORDS = re.compile(r"备注|说明|原因|偏差|依据|用途|主要内容")
# So many rows tell what a column holds; a longer look changes nothing and takes time.
_SAMPLE = 400


class Role(StrEnum):
    """What a column is for."""

    CODE = "code"
    NAME = "name"
    ROW_NUMBER = "row_number"
    LIST_NUMBER = "list_number"
    AMOUNT = "amount"
    WORDS = "words"


@dataclass(slots=True)
class Block:
    """Neighbouring columns that belong together: what names the rows, then the figures."""

    columns: dict[Role, list[int]] = field(default_factory=lambda: {role: [] for role in Role})

    def __getitem__(self, role: Role) -> list[int]:
        return self.columns[role]


def paths(table: Table, header: Sequence[int]) -> tuple[Path, ...]:
    """Return for every column the texts above it, each once, from the top down."""
    width = len(table.rows[0]) if table.rows else 0
    filled = _spread(table, header, width)
    return tuple(
        tuple(dict.fromkeys(text for row in filled if (text := row[column])))
        for column in range(width)
    )


def _spread(table: Table, header: Sequence[int], width: int) -> list[list[str]]:
    texts = [[compact(cell) for cell in table.rows[row]] for row in header]
    places = {row: index for index, row in enumerate(header)}
    merges = [merge for merge in table.merges if merge.row in places]
    if not merges:
        _continue_left(texts, width)
        return texts
    for merge in merges:
        index = places[merge.row]
        for column in range(merge.column, min(merge.column + merge.column_span, width)):
            texts[index][column] = texts[index][column] or texts[index][merge.column]
    return texts


def _continue_left(texts: list[list[str]], width: int) -> None:
    """Fill empty cells from the left, within the cell above them."""
    group = [0] * width
    for row in texts:
        own = [bool(text) for text in row]
        next_group = list(range(width))
        for column in range(1, width):
            if not own[column] and group[column] == group[column - 1] and row[column - 1]:
                row[column] = row[column - 1]
                next_group[column] = next_group[column - 1]
            elif not own[column] and not row[column - 1] and group[column] == group[column - 1]:
                next_group[column] = next_group[column - 1]
        group = next_group


def roles_of(table: Table, body: Sequence[int], above: Sequence[Path]) -> list[Role]:
    """Return what each column is for, told by its header or else by its cells."""
    sample = [table.rows[row] for row in body[:_SAMPLE]]
    roles: list[Role] = []
    for column, path in enumerate(above):
        cells = [row[column] for row in sample if not is_blank(row[column])]
        roles.append(_role(path, cells, roles))
    return roles


def _role(path: Path, cells: Sequence[str], before: Sequence[Role]) -> Role:
    leaf = path[-1] if path else ""
    if _ROW_NUMBER.match(leaf) or _LIST_NUMBER.match(leaf):
        return Role.ROW_NUMBER if _ROW_NUMBER.match(leaf) else Role.LIST_NUMBER
    if _holds_codes(leaf, path, cells, before):
        return Role.CODE
    if _NAME.search(leaf):
        return Role.NAME
    if _WORDS.search(leaf):
        return Role.WORDS
    figures = sum(1 for cell in cells if figure_in(cell))
    if figures or not cells:
        return Role.AMOUNT if path or figures else Role.WORDS
    is_named = Role.NAME in before and before[-1] is not Role.CODE
    return Role.WORDS if is_named and Role.AMOUNT not in before[-1:] else Role.NAME


def _holds_codes(leaf: str, path: Path, cells: Sequence[str], before: Sequence[Role]) -> bool:
    is_said = bool(_CODE_LEAF.fullmatch(leaf)) or (
        any(map(_CODE.search, path)) and not leaf.endswith("名称") and "单位" not in leaf
    )
    if is_said:
        return True
    # 项目 may stand over codes and names alike, and a page that continues a table has no header.
    is_free = not path or bool(_NAME.search(leaf))
    codes = sum(map(is_code_like, cells))
    return is_free and codes > 0 and 2 * codes >= len(cells) and Role.AMOUNT not in before[-1:]


def blocks_of(roles: Sequence[Role]) -> list[Block]:
    """Part columns into blocks: a new one begins where labels follow figures.

    >>> twin = blocks_of([Role.NAME, Role.AMOUNT, Role.NAME, Role.AMOUNT])
    >>> [block[Role.AMOUNT] for block in twin]
    [[1], [3]]
    """
    blocks = [Block()]
    for column, role in enumerate(roles):
        is_label = role in (Role.CODE, Role.NAME, Role.ROW_NUMBER, Role.LIST_NUMBER)
        if is_label and blocks[-1][Role.AMOUNT]:
            blocks.append(Block())
        blocks[-1][role].append(column)
    return blocks
