"""The order of whole numbers that are nearly in order already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...spread.kernels.parts import internal

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints


@internal
def in_order(keys: Ints, number: int) -> Ints:
    """The places of the first of some keys, the smallest key first, equal ones as they stand.

    By insertion: rows stand by their last day, so that few have to move, and not far.
    """
    places = np.empty(number, np.int64)
    for place in range(number):
        key, to = keys[place], place
        while to > 0 and keys[places[to - 1]] > key:
            places[to] = places[to - 1]
            to -= 1
        places[to] = place
    return places
