"""The numbers of the packaged cases, worked out from the definitions by a program that has nothing in common with ours.

To three decimals, each at the case's default date; the last lines are the bounds.
"""

CASES = ["victoria_climbie", "malachi_subecz", "khyra_ishaq", "pelka", "reuben", "max", "worked_example"]
NUMBERS = """
at                          2000-02-23 2021-10-31 2008-05-16 2012-03-01 2024-05-31 2023-12-15 2024-01-30
people                              46         21         19         19          9         11          4
professionals                       37         14         15         16          8         10          4
agencies                            19          8          8         10          6          8          4
concerns                            30          9         14         15          8          7          3
contacts                            66         28         38         22          6         18          2
meetings                            11          2          0          3          2          6          1
best_picture                     0.379      0.520      0.478      0.578      0.500      1.000      0.778
unshared_pairs                   0.862      0.596      0.782      0.629      0.672      0.000      0.308
concern_clusters                     9          9          5          3          2          1          1
exclusive_concerns                  12          3          3          7          4          0          1
smallest_meeting                    10          3          6          5          2          1          2
unowned_share                    1.000      1.000      1.000      1.000      0.857      0.000      1.000
unowned_concerns                    23          8          9         15          7          0          3
diffusion                        0.632      0.473      0.382      0.441      0.265      0.000      0.346
circular_assumptions                 0          0          0          0          0          0          0
missed_opportunities                 4          1          7          4          2          0          0
missed_share                     0.368      0.800      0.556      0.833      0.600      0.000      0.000
worry_fragmentation              0.875      0.945      0.608      0.692      0.679      0.000      0.000
fragmentation                    0.868      0.945      0.442      0.692      0.679      0.000      0.000
distance_fragmentation           0.914      0.951      0.690      0.819      0.750      0.278      0.278
temporal_fragmentation           0.902      0.962      0.721      0.858      0.804      0.122      0.500
current_fragmentation            1.000      0.970      0.962      0.750      0.700      0.000      0.000
agency_fragmentation             0.825      0.929      0.429      0.644      0.733      0.000      0.000
ei_index                         0.212      0.000      0.375      0.538      0.200      0.810      1.000
best_picture.low                 0.379      0.520      0.478      0.578      0.500      1.000      0.778
without_best                     0.106      0.400      0.391      0.244      0.393      1.000      0.556
unshared_pairs.high              0.862      0.673      0.782      0.646      0.672      0.000      0.538
missed_opportunities.low             4          1          7          4          2          0          0
temporal_fragmentation.high      0.912      0.962      0.733      0.904      0.804      0.122      0.500
"""
_LINES = [line.split() for line in NUMBERS.strip().splitlines()]
AT = dict(zip(CASES, _LINES[0][1:], strict=True))
EXPECTED = {line[0]: dict(zip(CASES, map(float, line[1:]), strict=True)) for line in _LINES[1:]}
BOUNDS = [name for name in EXPECTED if "." in name or name == "without_best"]
SCORES = [name for name in EXPECTED if name not in BOUNDS]
