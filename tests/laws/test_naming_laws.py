"""What naming promises: the official is found, the unofficial is told, and nothing is guessed."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fiscal import codes
from fiscal.extract.heading_path import LONGEST, compared
from fiscal.extract.naming import NAMING_FLAGS, name_heading
from fiscal.ontology.scheme import SCHEMES, YEARS, Heading, Scheme, register

SCHEME_OF = {year: Scheme.shipped("functional", year) for year in YEARS}


def path_of(heading: Heading, year: int) -> list[str]:
    return [SCHEME_OF[year][code].name for code in (*codes.ancestors(heading.code), heading.code)]


def parts_of(code: str) -> list[str]:
    return [code[:3], *(code[at : at + 2] for at in range(3, len(code), 2))]


def with_marks(names: list[str], code: str) -> str:
    return "".join(f"{name}（{mark}）" for name, mark in zip(names, "类款项", strict=False))


def levels_of(names: list[str], code: str) -> tuple[list[str], list[str], str]:
    return names, parts_of(code), "类款项"


def with_code(name: str, part: str, mark: str) -> str:
    return f"{name}（{part}{mark}）"


def with_codes(names: list[str], code: str) -> str:
    return "".join(map(with_code, *levels_of(names, code)))


# Each writes the names and the code of a heading as some office does.
STYLES = {
    "marks": with_marks,
    "codes": with_codes,
    "half_width": lambda names, code: with_marks(names, code).translate(
        str.maketrans("（）“”", '()""')
    ),
    "shell_brackets": lambda names, code: "".join(
        f"{name}〔{mark}〕" for name, mark in zip(names, "类款项", strict=False)
    ),
    "codes_with_blanks": lambda names, code: " ".join(map(with_code, *levels_of(names, code))),
    "codes_with_hyphens": lambda names, code: "-".join(map(with_code, *levels_of(names, code))),
    "codes_before": lambda names, code: "".join(
        f"{part}{mark}{name}" for name, part, mark in zip(*levels_of(names, code), strict=False)
    ),
    "quoted": lambda names, code: "".join(
        f"“{name}”（{mark}）" for name, mark in zip(names, "类款项", strict=False)
    ),
    "quoted_bare_marks": lambda names, code: "".join(
        f"“{name}”{mark}" for name, mark in zip(names, "类款项", strict=False)
    ),
    "slashes": lambda names, code: "/".join(names),
    "dashes": lambda names, code: "——".join(names),
    "hyphens_and_code": lambda names, code: f"{'-'.join(names)}（{code}）",
    "code_before_name": lambda names, code: code + names[-1],
    "code_after_name": lambda names, code: f"{names[-1]}（{code}）",
    "numbered": lambda names, code: f"（3）{with_codes(names, code)}：",
    "broken_line": lambda names, code: (
        with_marks(names, code)[:-4] + "\n" + with_marks(names, code)[-4:]
    ),
}


def paths_told_by_names() -> Iterator[tuple[int, Heading]]:
    """All headings but those whose siblings bear their name, or whose parent is not known."""
    for year, scheme in SCHEME_OF.items():
        for heading in scheme:
            twins = [each for each in scheme.named(heading.name) if each.parent == heading.parent]
            if len(twins) == 1 and all(code in scheme for code in codes.ancestors(heading.code)):
                yield year, heading


PATHS = list(paths_told_by_names())
paths = st.sampled_from(PATHS)
items = st.sampled_from([(year, each) for year, each in PATHS if each.level == "item"])


@pytest.mark.parametrize("style", STYLES)
@given(paths)
def test_every_official_path_gives_back_its_code_without_a_flag(style, path):
    year, heading = path
    words = STYLES[style](path_of(heading, year), heading.code)
    naming = name_heading(words, year)
    assert (naming.code, naming.flags) == (heading.code, ())


@given(items, st.data())
def test_a_name_with_one_wrong_character_is_never_taken_for_official(path, data):
    year, heading = path
    *above, name = path_of(heading, year)
    at = data.draw(st.integers(0, len(name) - 1))
    wrong = data.draw(
        st.sampled_from([name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]])
        | st.characters(codec="gb2312", categories=["Lo"]).map(
            lambda other: name[:at] + other + name[at + 1 :]
        )
    )
    official = {compared(each.name) for each in register("functional")}
    assume(compared(wrong) and compared(wrong) not in official)
    naming = name_heading(with_marks([*above, wrong], heading.code), year)
    assert naming.flags
    assert naming.code in (heading.code, None)


@given(items, items)
def test_a_printed_code_wins_and_a_name_that_is_not_its_own_is_told(path, other):
    year, heading = path
    name = other[1].name
    naming = name_heading(f"{heading.code}{name}", year)
    assert naming.code == heading.code
    is_own = compared(name) == compared(heading.name)
    assert bool(naming.flags) != is_own


def renamed_headings() -> list[tuple[int, Heading, str]]:
    """Headings with their name of the year before, which no other heading of the year has."""
    found = []
    for year in YEARS[1:]:
        before, now = SCHEME_OF[year - 1], SCHEME_OF[year]
        for heading in now:
            old = before.headings.get(heading.code)
            if old and compared(old.name) != compared(heading.name) and not now.named(old.name):
                found.append((year, heading, old.name))
    return found


@given(st.sampled_from(renamed_headings()))
def test_the_name_of_the_year_before_is_matched_and_told(renamed):
    year, heading, old = renamed
    words = with_marks([*path_of(heading, year)[:-1], old], heading.code)
    naming = name_heading(words, year)
    assert (naming.code, naming.flags) == (heading.code, ("name_of_other_year",))


PRINTED = '（）()〔〕“”"/-—－ 　类款项目支出其他行政运行教育0123456789:：、。①⑴年【】[]{'


@given(
    st.text(max_size=LONGEST + 50) | st.text(PRINTED, max_size=LONGEST + 50),
    st.none() | st.integers(-5, 3000),
    st.none() | st.just("government_funds_budget"),
    st.sampled_from(sorted(SCHEMES)),
)
def test_any_words_give_an_answer(words, year, budget, scheme):
    naming = name_heading(words, year, budget, scheme=scheme)
    assert set(naming.flags) <= NAMING_FLAGS.keys()
    assert naming.code is None or len(naming.code) in codes.LEVELS
    assert all(name in "".join(words.split()) for name in naming.names)
