"""Nothing of the library opens a socket, and the watch on that sees one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.sockets import GUARD

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pair of sockets is of the internet there")


def test_a_socket_of_the_internet_is_an_error() -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.socket(socket.AF_INET)
    with pytest.raises(ConnectionRefusedError):
        socket.getaddrinfo("localhost", 80)
    with pytest.raises((ConnectionRefusedError, urllib.error.URLError)):
        urllib.request.urlopen("http://127.0.0.1:9/")
    assert len(GUARD.tried) >= 3
    GUARD.tried.clear()


def test_sockets_between_processes_are_let_through(tmp_path: Path) -> None:
    for one in socket.socketpair():
        one.close()
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "s"))


@pytest.mark.sockets
def test_a_test_that_is_marked_so_may_have_sockets() -> None:
    with socket.socket(socket.AF_INET) as one:
        one.bind(("127.0.0.1", 0))


# The main paths in a process of their own, where no socket of any sort can be made from the first line on.
PATHS = """
import sys

def heard(event, what):
    if event in ("socket.__new__", "socket.connect", "socket.getaddrinfo", "urllib.Request"):
        raise SystemExit(f"it opened a socket: {event}")

sys.addaudithook(heard)
from pathlib import Path
import safetynet as sn
from safetynet.cli import main

out = Path(sys.argv[1])
case = sn.load_case("worked_example")
sn.scores(case), sn.scores_over_time(case), sn.findings(case), sn.matters(case), sn.knowledge(case).state()
sn.what_if(case, [sn.smallest_change(case).iloc[0]["change"]])
for name in ("report", "explorer", "jigsaw"):
    if hasattr(sn, name):
        more = {"at": "2024-01-31"} if name == "jigsaw" else {}
        getattr(sn, name)(case, out / f"{name}.html", **more)
for name in "network ecomap who_knew_what chronology agency_sets picture_over_time scores_over_time".split():
    for ending in ("svg", "png", "pdf"):
        sn.plot.save(getattr(sn.plot, name)(case), out / f"{name}.{ending}")
for path in ("case.xlsx", "case.json", "case"):
    assert sn.read_case(sn.write_case(case, out / path)) == case
for ending in "graphml gexf vna dl net node_link.json hif.json ocel.json ocel.xml csv dot".split():
    sn.export(case, out / f"case.{ending}")
sn.export(case, out / "parquet", format="parquet")
sn.write_codebook(out / "codes.qdc")
(out / "passages.csv").write_text("Segment,Code\\nOn 6 April 2021 a bruise,Kind of row > observed\\n")
sn.read_qda(out / "passages.csv").write(out / "coding.xlsx")
sn.read_study(Path(sn.datasets.folder())).scores(resume=out / "state")
for ending in "csv xlsx parquet sav dta".split():
    sn.write_table(sn.findings(case), out / f"findings.{ending}")
sn.write_template(out / "template.xlsx", example=True)
(out / "log.csv").write_text("Date,Event\\n6 April 2021,Bruise seen\\n")
sn.draft_from_chronology(out / "log.csv").write(out / "draft.xlsx")
sn.merge_cases([case, case]).write(out / "merged.xlsx")
under = sn.pseudonymise(case, "a key of more than sixteen")
sn.uniqueness(under), sn.suppress_small(sn.scores(under)[["people", "agencies"]])
for words in (["check", "worked_example"], ["scores", "worked_example"], ["findings", "worked_example"], ["cases"]):
    assert main(words) == 0
"""


@pytest.mark.slow
def test_the_main_paths_open_no_socket_at_all(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PATHS, str(tmp_path)]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
