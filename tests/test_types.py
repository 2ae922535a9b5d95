"""What a type checker says of a user's script: a misspelt word is an error, what is right is none."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAD = """
import datetime as dt
import numpy as np
import pandas as pd
import safetynet as sn

case = sn.load_case("max")
"""


def check(tmp_path: Path, lines: str) -> str:
    """What mypy in strict mode says of a script; empty where it is content."""
    script = tmp_path / "script.py"
    script.write_text(HEAD + textwrap.dedent(lines), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    # mypy would leave out what is installed; the package of the checkout is named by its folder
    done = subprocess.run(
        [*command, "--config-file", "", str(script)],
        cwd=tmp_path,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=False,
        text=True,
    )
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith("script.py") or "script.py:" in line)


@pytest.mark.slow
def test_a_misspelt_word_is_an_error_and_what_is_right_is_none(tmp_path: Path) -> None:
    right = """
        known = sn.knowledge(case, "possible", rules=sn.Rules(same_day="none", unconfirmed="does_not_count"))
        known.state(at="2023-05").loc["sw1", "C01"]
        sn.fragmentation(case, dt.date(2023, 5, 1))
        sn.fragmentation(case, at=pd.Timestamp("2023-05-01"))
        sn.plot.network(case, at=np.datetime64("2023-05"))
        score = sn.fragmentation(case, "2023-05-01")
        number: float = float(score) + score.low
        table: pd.DataFrame = sn.findings(case, hindsight=False)
        series: pd.Series[float] = sn.scores(case)
        held: pd.DataFrame = sn.compare(pd.DataFrame(), by="area", order=[2019, 2020], adjust="bh", paired="case").table
        ok: bool = sn.diffusion(case, model="volunteers_dilemma").defined
    """
    assert check(tmp_path, right) == ""
    wrong = """
        sn.knowledge(case, world="reel")
        sn.fragmentation(case, at=["a"])
        sn.Rules(same_day="som")
        sn.diffusion(case, model="volunteer")
        sn.knowledge(case).first_known(dates="last")
        sn.Case(case.people, case.concerns, case.chronology, status="public")
        sn.compare(pd.DataFrame(), "outcome", adjust="bonferroni")
    """
    said = check(tmp_path, wrong)
    first = HEAD.count("\n") + 2
    for place in range(7):
        assert f"script.py:{first + place}: error" in said, f"line {place + 1} of the wrong ones is no error:\n{said}"
