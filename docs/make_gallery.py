"""Draw every picture of every packaged case for the gallery page, when the documentation is built.

Sphinx calls :func:`draw` (`conf.py` connects it to ``builder-inited``). The images are kept, so that the page can be
read in the repository; those that are older than the library are drawn again.
By hand: ``python docs/make_gallery.py``.
"""

from __future__ import annotations

from pathlib import Path

import safetynet as sn

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "_static" / "gallery"
PAGE = HERE / "gallery.md"
KINDS = {
    "network": "Who had contact with whom",
    "ecomap": "The ecomap",
    "who_knew_what": "Who knew what",
    "chronology": "What happened when",
    "agency_sets": "Which agencies had which worries",
    "picture_over_time": "The whole picture and the best that one professional had",
    "scores_over_time": "The scores from day to day",
    "responsibility": "Who had each worry in hand",
    "agency_matrix": "Contacts between agencies",
    "matters": "What to look at, and what worked",
    "beliefs_and_duties": "What was believed of whom, and what was due from them",
    "meeting_coverage": "What was there to be tabled at each meeting",
}


def pictures() -> list[tuple[str, str, Path]]:
    """The kind, the case and the file of every picture."""
    names = sn.list_cases()["name"]
    return [(kind, name, FOLDER / f"{kind}_{name}.svg") for kind in KINDS for name in names]


def draw(app: object = None) -> None:
    """Write the pictures that are not there yet, or older than the library."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    library = max(path.stat().st_mtime for path in Path(sn.__file__).parent.rglob("*.py"))
    for kind, name, path in pictures():
        if not path.exists() or path.stat().st_mtime < library:
            sn.plot.save(getattr(sn.plot, kind)(sn.load_case(name), ax=sn.plot.page()), path, overwrite=True)
    others()


def others() -> None:
    """The pictures that are not of one case: a score, and a comparison."""
    import pandas as pd

    cases = {name: sn.scores(sn.load_case(name)) for name in sn.list_cases()["name"]}
    score = sn.temporal_fragmentation(sn.load_case("victoria_climbie"))
    ax = sn.plot.score(score, ax=sn.plot.page((9, 3.4)))
    sn.plot.save(ax, FOLDER / "score.svg", overwrite=True)
    measures = ("fragmentation", "temporal_fragmentation", "unshared_pairs", "best_picture", "unowned_share")
    lines = [(measure, case, scores[measure]) for measure in measures for case, scores in cases.items()]
    table = pd.DataFrame(lines, columns=["measure", "case", "value"])
    ax = sn.plot.compare(table, title="The packaged cases side by side", ax=sn.plot.page())
    sn.plot.save(ax, FOLDER / "compare.svg", overwrite=True)


if __name__ == "__main__":
    draw()
