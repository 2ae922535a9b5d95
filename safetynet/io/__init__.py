"""Cases in and out: folders of CSV or Parquet files, Excel workbooks, JSON files.

A reader turns a file into tables of text and a list of problems; the case is built, and every problem raised,
in one place. A writer makes all bytes first and then puts them where they belong, all or none.
"""

from .cases import read_case
from .draft import draft_from_chronology
from .drafts import Draft
from .exchange.codebook import write_codebook
from .exchange.export import export
from .exchange.qda import read_qda
from .exchange.ssd import read_ssd
from .files import write_generated
from .merge import merge_cases
from .template import write_template
from .unfit import UnfitTextError
from .writing import write_case

__all__ = [
    "Draft",
    "UnfitTextError",
    "draft_from_chronology",
    "export",
    "merge_cases",
    "read_case",
    "read_qda",
    "read_ssd",
    "write_case",
    "write_codebook",
    "write_generated",
    "write_template",
]
