"""Cases in and out: folders of CSV or Parquet files, Excel workbooks, JSON files.

A reader turns a file into tables of text and a list of problems; the case is built, and every problem raised,
in one place. A writer makes all bytes first and then puts them where they belong, all or none.
"""
