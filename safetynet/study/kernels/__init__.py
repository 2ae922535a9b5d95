"""The headline scores of many cases, compiled: the twin of :mod:`safetynet.measures.headline` over flat arrays.

Needs numba. Nothing imports this package until a study is asked for its scores. A case is a stretch of each array: its
people and agencies (*holders*), its concerns in the order of their ids, and its rows in the order in which they are
read. Concerns and children are bits of one word, so that a case has at most 64 of each; what else the loops do not take
is left to the measures on a single case, see :mod:`safetynet.study.encoding`.

Whoever works on it: numba keeps what it compiled beside each file, and looks at a change of that file alone. After a
change in one of them take the ``*.nbi`` of all of them out of ``__pycache__``.
"""
