"""Pictures of the sample day that show structure: grids, graphs, clouds of points."""

import math
from random import Random

from local.sample.sheet import (
    BLUE,
    CORAL,
    GOLD,
    HEIGHT,
    NIGHT,
    SAND,
    SLATE,
    STEEL,
    TEAL,
    WIDTH,
    Point,
    Sheet,
    around,
    mix,
    smooth,
)


def sparse_grid(sheet: Sheet, random: Random) -> None:
    """Attention of which almost nothing is computed: a dim grid, a bright diagonal, a few bright cells."""
    columns, rows, step = 19, 11, 32
    for column in range(columns):
        for row in range(rows):
            distance = abs(row - column * (rows - 1) / (columns - 1))
            near, chance = distance < 0.7, random.random() < 0.05
            colour = TEAL if near else GOLD if chance else mix(NIGHT, SLATE, 0.55)
            sheet.box((19 + column * step, 7 + row * step), (26, 26), colour, 5)


def bottleneck(sheet: Sheet, random: Random) -> None:
    """Noise goes through a narrow latent and comes out in order."""
    for side in (-1, 1):
        edge: list[Point] = [(x, 180 + side * (26 + 128 * abs((x - 320) / 280) ** 1.6)) for x in range(40, 601, 10)]
        sheet.line(edge, STEEL, 4)
    for _ in range(80):
        x = 52 + 236 * random.random() ** 0.8
        reach = 14 + 128 * ((320 - x) / 280) ** 1.6
        colour = mix(mix(NIGHT, BLUE, random.uniform(0.35, 1)), TEAL, x / 640)
        sheet.disc((x, 180 + random.uniform(-reach, reach) * 0.9), random.uniform(4, 7), colour)
    for column in range(3):
        for row in range(3):
            sheet.box((299 + 15 * column, 159 + 15 * row), (12, 12), GOLD, 3)
    for ring in range(5, 0, -1):
        sheet.disc((506, 180), 15 * ring, mix(GOLD, mix(NIGHT, CORAL, 0.8), ring / 5))


def experts(sheet: Sheet, random: Random) -> None:
    """A router that wakes two of many experts."""
    awake = set(random.sample(range(2, 14), 2))
    places: list[Point] = [(318 if index % 2 else 288, 30 + 20 * index) for index in range(16)]
    for waking in (False, True):
        for index, place in enumerate(places):
            if (index in awake) is waking:
                colour = GOLD if waking else mix(NIGHT, STEEL, 0.55)
                sheet.line([(96, 180), place, (540, 180)], colour, 5 if waking else 1.6)
    for index, place in enumerate(places):
        waking = index in awake
        sheet.disc(place, 15 if waking else 9, GOLD if waking else STEEL)
    sheet.box((58, 142), (76, 76), TEAL, 16)
    sheet.box((506, 142), (76, 76), CORAL, 16)
    for dot in range(3):
        sheet.disc((80 + 16 * dot, 180), 5, NIGHT)
    sheet.disc((544, 180), 14, NIGHT)


def embedding(sheet: Sheet, random: Random) -> None:
    """Lines of text become a short vector and then a place among neighbours."""
    for row, width in enumerate((116, 92, 124, 70, 108, 84, 118, 52)):
        sheet.box((40, 66 + 30 * row), (width, 14), mix(NIGHT, SAND, 0.75 - row * 0.05), 7)
    for cell in range(9):
        kept = cell < 6
        colour = mix(TEAL, BLUE, random.random()) if kept else None
        sheet.box((228, 60 + 27 * cell), (24, 22), colour, 5, None if kept else SLATE)
    for left in (184, 280):
        sheet.shape([(left, 168), (left, 192), (left + 18, 180)], STEEL)
    sheet.box((326, 40), (276, 280), mix(NIGHT, SLATE, 0.55), 16)
    for (x, y), colour in (((400, 112), TEAL), ((530, 140), CORAL), ((438, 250), GOLD)):
        sheet.disc((x, y), 52, mix(mix(NIGHT, SLATE, 0.55), colour, 0.16))
        for _ in range(16):
            point = around((x, y), 44 * math.sqrt(random.random()), random.random())
            sheet.disc(point, random.uniform(4, 7), mix(colour, SAND, random.uniform(0, 0.3)))


def patches(sheet: Sheet, _: Random) -> None:
    """A picture in patches: large where little happens, small along the outline."""
    sun: Point = (388, 168)
    sheet.box((0, 0), (WIDTH, HEIGHT), mix(NIGHT, BLUE, 0.45))
    sheet.disc(sun, 112, GOLD)
    sheet.box((0, 240), (WIDTH, 120), mix(NIGHT, TEAL, 0.5))

    def split(at: Point, side: float) -> None:
        centre = (at[0] + side / 2, at[1] + side / 2)
        near_sun = centre[1] < 240 and abs(math.dist(centre, sun) - 112) < side * 0.75
        if side > 20 and near_sun:
            for corner in ((0, 0), (0, side / 2), (side / 2, 0), (side / 2, side / 2)):
                split((at[0] + corner[0], at[1] + corner[1]), side / 2)
            return
        x, y = at
        sheet.line([(x + side, y), (x, y), (x, y + side)], NIGHT, 2.4)

    for column in range(8):
        for row in range(5):
            split((column * 80.0, row * 80.0), 80)


def pentagon(sheet: Sheet, _: Random) -> None:
    """Five dimensions of risk, measured."""
    centre: Point = (320, 194)
    found = [around(centre, 152 * share, index / 5) for index, share in enumerate((0.92, 0.58, 0.78, 0.46, 0.7))]
    sheet.shape([around(centre, 152, index / 5) for index in range(5)], SLATE)
    sheet.shape(found, mix(SLATE, CORAL, 0.45))
    for ring in range(1, 5):
        sheet.line([around(centre, 38 * ring, index / 5) for index in range(6)], STEEL, 1.6)
    for index in range(5):
        sheet.line([centre, around(centre, 152, index / 5)], STEEL, 1.6)
    sheet.line([*found, found[0]], CORAL, 5)
    for index, point in enumerate(found):
        sheet.disc(point, 10, GOLD if index % 2 else CORAL)


def binary_tokens(sheet: Sheet, _: Random) -> None:
    """A picture written in cells that are on or off (ordered dithering)."""
    thresholds = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
    side = 20
    for column in range(WIDTH // side):
        for row in range(HEIGHT // side):
            x, y = side * (column + 0.5), side * (row + 0.5)
            inside = math.dist((x, y), (320, 180)) < 150
            light = math.dist((x, y), (262, 118)) / 230
            shade = 1.05 - light if inside else 0.1
            colour = mix(GOLD, CORAL, min(light * 1.3, 1)) if inside else STEEL
            if shade > (thresholds[row % 4][column % 4] + 0.5) / 16:
                sheet.box((x - 8, y - 8), (16, 16), colour, 3)


def runs(sheet: Sheet, random: Random) -> None:
    """Many runs of one agent: most stay within bounds, two leave them."""
    sheet.shape([(60, 180), (600, 108), (600, 252)], SLATE)
    for run in range(13):
        astray = {11: 14.0, 12: -20.0}.get(run, 0)
        y, drift = 180.0, random.uniform(-3.5, 3.5)
        path: list[Point] = [(60, y)]
        for step in range(1, 13):
            bound = 66 * step / 12
            y += random.uniform(-7, 7) + drift
            y = min(max(y, 180 - bound), 180 + bound)
            path.append((60 + 45 * step, y + astray * max(step - 4, 0) ** 1.15 * 0.9))
        colour = CORAL if astray else mix(TEAL, BLUE, random.random())
        sheet.line(smooth(path), colour if astray else mix(SLATE, colour, 0.75), 4.5 if astray else 2.6)
        sheet.disc(path[-1], 8 if astray else 6, colour)
    sheet.disc((60, 180), 14, GOLD)
