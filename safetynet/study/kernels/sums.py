"""Sums of floats as Python makes them, to the bit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...spread.kernels.parts import ONE, internal, lowest

if TYPE_CHECKING:
    from ...spread.kernels.parts import Ints, Numbers


@internal
def added(values: Numbers, number: int, compensated: bool) -> float:
    """The sum of the first of some floats as ``sum`` gives it, from Python 3.12 on with a compensation."""
    total = lost = 0.0
    for place in range(number):
        value = values[place]
        after = total + value
        if compensated:
            lost += (total - after) + value if abs(total) >= abs(value) else (value - after) + total
        total = after
    return total + lost if compensated else total


@internal
def weight_of(names: Any, severity: Ints, weights: Numbers, room: Numbers, compensated: bool) -> float:
    """What some worries weigh together, added up in their order."""
    number = 0
    while names:
        room[number] = weights[severity[int(lowest(names))]]
        names &= names - ONE
        number += 1
    return added(room, number, compensated)


@internal
def exact(values: Numbers, number: int) -> float:
    """The sum of the first of some finite floats, rounded once, as ``math.fsum`` gives it (Shewchuk 1997)."""
    parts, many = np.empty(number + 1, np.float64), 0
    for place in range(number):
        value, kept = values[place], 0
        for other in range(many):
            part = parts[other]
            if abs(value) < abs(part):
                value, part = part, value
            high = value + part
            low = part - (high - value)
            if low != 0.0:
                parts[kept] = low
                kept += 1
            value = high
        parts[kept] = value
        many = kept + 1
    if many == 0:
        return 0.0
    many -= 1
    high, low = parts[many], 0.0
    while many > 0:
        value, many = high, many - 1
        part = parts[many]
        high = value + part
        low = part - (high - value)
        if low != 0.0:
            break
    if many > 0 and ((low < 0.0 and parts[many - 1] < 0.0) or (low > 0.0 and parts[many - 1] > 0.0)):
        twice = low * 2.0
        value = high + twice
        if twice == value - high:
            high = value
    return float(high)
