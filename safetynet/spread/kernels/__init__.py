"""The compiled twin of :mod:`safetynet.spread.flow` and :mod:`safetynet.spread.steps`, over columns of many cases.

Needs numba. Nothing imports this package until many cases are asked for at once. Sets of items are taken 64 items (a
*block*) at a time, so that a set of them is one word however many there are. What the twin has not, occasions that
overlap with other contacts, it leaves to the engine in plain Python.

Whoever works on it: numba keeps what it compiled beside each file, and looks at a change of that file alone. After a
change in one of them take the ``*.nbi`` of all of them out of ``__pycache__``.
"""
