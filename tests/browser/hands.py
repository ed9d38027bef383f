"""Ten digits as three hands write them: for each digit its strokes, "x,y x,y …" in a square of 100 by 100, y downward.

The points are where a hand turns; `curve` puts a smooth line through them, a few pixels from point to point.
"""

# The pen it takes, how large it writes, and where: size and corner as parts of the pad.
PENS = {
    "plain": ("medium", 0.72, (0.14, 0.12)),
    "small": ("thin", 0.34, (0.05, 0.58)),
    "round": ("thick", 0.6, (0.36, 0.08)),
}

HANDS = {
    # Large, upright letters as one learns them at school.
    "plain": {
        0: ["55,4 28,16 17,50 30,88 53,97 76,82 84,48 73,14 52,5"],
        1: ["52,3 51,35 50,66 49,98"],
        2: ["22,24 36,7 60,5 75,22 68,46 45,70 20,94", "20,95 50,94 82,95"],
        3: ["24,14 46,4 70,14 69,35 44,48 70,57 77,77 58,95 34,96 19,85"],
        4: ["40,4 30,32 19,58 50,59 84,57", "66,28 65,60 63,98"],
        5: ["36,6 32,26 29,45 50,40 73,52 76,76 58,95 34,95 18,85", "36,6 58,6 78,4"],
        6: ["66,4 40,24 25,58 28,84 48,97 70,87 73,66 55,55 35,63 27,76"],
        7: ["18,8 48,7 81,6 66,34 52,64 44,98"],
        8: ["70,17 50,5 31,15 33,33 53,47 73,64 72,86 50,97 28,87 28,66 49,47 67,32 70,18"],
        9: ["73,22 54,7 32,16 27,37 43,50 62,43 73,24 73,50 69,75 62,98"],
    },
    # A hurried, slanted hand, small and in a corner, with a thin pen.
    "small": {
        0: ["66,9 44,14 24,42 22,76 40,94 64,82 80,46 77,18 62,6 54,12"],
        1: ["64,3 57,34 49,66 40,98"],
        2: ["31,21 46,6 68,8 73,27 55,55 34,78 16,93 40,89 62,94 84,90"],
        3: ["36,10 60,4 76,16 64,36 46,44 66,52 70,74 50,93 24,95 14,86"],
        4: ["48,5 33,34 20,55 48,57 79,52", "73,8 62,50 50,97"],
        5: ["44,10 37,28 32,44 54,42 68,57 62,80 40,95 16,91", "44,10 62,9 85,5"],
        6: ["70,5 46,30 28,62 26,86 44,96 63,83 65,65 49,58 33,72"],
        7: ["27,12 54,10 84,8 66,38 50,66 38,97"],
        8: ["74,15 56,6 41,18 45,37 58,54 56,80 38,95 24,84 33,63 56,44 74,27 72,13"],
        9: ["72,20 57,9 38,19 32,40 46,49 63,37 73,19 66,48 57,74 47,97"],
    },
    # A broad, round hand with forms of its own: a 1 with flag, a 2 with a loop, a 7 with a bar, a 9 with a curled tail.
    "round": {
        0: ["48,7 22,22 12,52 25,83 52,95 80,81 90,50 78,20 50,7"],
        1: ["33,24 46,14 56,4 56,34 55,66 55,97"],
        2: ["17,26 30,9 56,5 76,20 72,44 52,66 30,86 18,82 29,73 52,87 72,95 88,86"],
        3: ["18,10 48,8 77,8 62,24 46,42 70,46 82,66 70,89 44,96 17,86"],
        4: ["24,6 22,30 25,52 50,54 82,50", "74,5 73,36 72,66 71,98"],
        5: ["78,6 52,7 27,8 25,28 23,44 48,39 74,48 80,70 64,91 38,96 16,86"],
        6: ["58,4 36,18 22,44 18,70 32,92 58,95 79,81 74,60 50,52 28,61 21,74"],
        7: ["16,10 46,11 80,8 68,32 54,62 42,97", "30,52 52,50 76,49"],
        8: ["51,48 28,36 26,16 50,5 74,16 72,35 51,48 22,64 24,88 51,97 78,87 79,64 51,48"],
        9: ["76,26 58,7 32,10 20,32 36,52 62,48 76,26 78,56 68,84 44,96 22,88"],
    },
}


def curve(stroke, between=2):
    """Return the points of a stroke with others between them, on a smooth line through all (a Catmull-Rom spline)."""
    points = [tuple(map(int, point.split(","))) for point in stroke.split()]
    padded = [points[0], *points, points[-1]]
    line = [points[0]]
    for around in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for t in (i / between for i in range(1, between + 1)):
            line.append(tuple(spline(*values, t) for values in zip(*around, strict=True)))
    return line


def spline(p, q, r, s, t):
    """Return the place a share ``t`` of the way from ``q`` to ``r``."""
    return (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3) / 2
