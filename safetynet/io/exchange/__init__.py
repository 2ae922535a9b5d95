"""Out to other programs and in from them: a pure function for each format, the writing of files apart.

:mod:`source` says what of a case goes out, :mod:`formats` is the one list of formats with what each can carry, and
:mod:`export` writes. :mod:`ssd` comes in, as a draft.
"""
