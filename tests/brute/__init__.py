"""The measures a second time, written from their definitions alone, slowly and plainly.

This is what the library is checked against. It uses nothing but the standard library and imports
nothing of ``safetynet``. A case is a dict of tables, a table is a list of dicts of texts
(``load`` reads a folder of CSV files into that form); a column that is missing is empty.
A score that is not defined is ``None``.
"""
