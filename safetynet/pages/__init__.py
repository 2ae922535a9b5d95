"""Pages about a case, each one self-contained HTML file that asks nothing of any network.

The layers below compute; this one only shows. :mod:`.page` says how a page is made. Each page has a module of its own,
so that the report is made without loading the explorer: :mod:`.reporting`, :mod:`.exploring` and :mod:`.jigsaw_pack`.
:mod:`.gathered` gathers what the report says, its template lays it out.
"""
