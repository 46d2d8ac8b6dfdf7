"""Requests that cannot be met: told in one line with a remedy, never as a traceback."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from tests.conftest import REPOSITORY

SAMPLE = str(REPOSITORY / "data" / "sample-final-accounts.txt")
FACTS = str(REPOSITORY / "data" / "sample-facts.csv")


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("year", ["-1", "0", "999999999999999999999"])
@pytest.mark.parametrize("command", ["check", "rollup", "extract", "locate", "report"])
def test_a_year_that_none_can_be_is_wrong_usage(command, year):
    """Before anything is read."""
    result = run(command, SAMPLE, "--year", year)
    assert result.exit_code == 2, result.exception
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [("scheme", "list"), ("law",), ("rules",), ("check", SAMPLE), ("rollup", SAMPLE)]
)
def test_an_answer_that_cannot_be_written_is_told(arguments, tmp_path):
    """By every command alike."""
    result = run(*arguments, "-o", str(tmp_path / "missing" / "x"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "文件或文件夹不存在" in result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_told():
    """In one line, and with nothing more when the program ends."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fiscal", "rules"], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 3
    assert "磁盘已满" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 100_000, "不是 JSON"),
        ('{"accepted": [', "第 1 行第 15 字处不是 JSON"),
        ('{"accepted": [{"fingerprint": "ab"}]}', "不是基线文件"),
        ('{"accepted": [{"fingerprint": "ab", "reason": "r", "date": "x"}]}', "不是日期"),
        (
            '{"accepted": [{"fingerprint": "ab", "reason": " ", "date": "2025-01-31"}]}',
            "ab 未写理由",
        ),
    ],
)
def test_a_baseline_that_is_none_is_told(text, told, tmp_path):
    """With what is wrong in it, in Chinese."""
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    result = run("check", SAMPLE, "--baseline", str(path))
    assert (result.exit_code, result.stdout) == (3, "")
    assert told in result.stderr


def test_an_answer_never_overwrites_the_baseline_just_written(tmp_path):
    """However the same file is named."""
    path = tmp_path / "baseline.json"
    other = f"{tmp_path}/./baseline.json"
    result = run("check", SAMPLE, "--write-baseline", str(path), "-o", other)
    assert (result.exit_code, path.exists()) == (2, False)


def test_pages_are_not_written_into_a_folder_named_like_a_page(tmp_path):
    """Nothing is made."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "account.txt").write_bytes(Path(SAMPLE).read_bytes())
    result = run("report", str(tmp_path / "in"), "-o", str(tmp_path / "x.html"))
    assert (result.exit_code, (tmp_path / "x.html").exists()) == (2, False)


def test_no_finding_is_named_by_nothing():
    """It would be the beginning of every fingerprint."""
    assert run("explain", "", SAMPLE).exit_code == 2


def test_a_folder_where_one_file_is_asked_for(tmp_path):
    """Its remedy is a file, not permissions."""
    result = run("locate", str(tmp_path))
    assert result.exit_code == 3
    assert "请给其中的一个文件" in result.stderr


def test_years_that_the_file_or_the_classification_lacks_are_the_same_mistake():
    """Both are wrong usage, with the years to choose from."""
    for year, told in (("2024", "文件中的年度：2019"), ("2050", "2018–2026")):
        result = run("rollup", FACTS, "--year", year)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr


def test_a_terminal_is_shown_no_character_that_it_would_obey(tmp_path):
    """CSI in one character, and what turns the direction of writing, from a title."""
    path = tmp_path / "odd.txt"
    text = Path(SAMPLE).read_text("utf-8").replace("示例市", "示例\x9b31m\u202e市", 1)
    path.write_text(text, encoding="utf-8")
    reading, writing = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "fiscal", "rollup", str(path), "--depth", "0"], stdout=writing
    )
    os.close(writing)
    shown = b""
    try:
        while piece := os.read(reading, 4096):
            shown += piece
    except OSError:
        pass  # The terminal is closed when the program ends.
    done.wait()
    told = shown.decode()
    assert "科目" in told
    assert not {"\x9b", "\u202e"} & set(told)
    piped = CliRunner().invoke(main, ["rollup", str(path), "--depth", "0"]).stdout
    assert "\u202e" in piped, "another program gets every character"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_that_nobody_writes_to_is_empty(tmp_path):
    """And one that somebody writes to is read to its end."""
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "文件是空的" in run("rollup", str(path)).stderr
    through = f"cat '{SAMPLE}' > '{path}' & sleep 0.3; '{sys.executable}' -m fiscal rollup '{path}'"
    done = subprocess.run(["sh", "-c", through], capture_output=True, timeout=60)
    assert "1937.43" in done.stdout.decode()


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no /dev/zero on this system")
def test_a_device_is_no_file():
    """It has no end."""
    result = run("rollup", "/dev/zero")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "这是设备" in result.stderr
