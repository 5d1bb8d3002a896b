"""Pictures of the sample day that show things: screens, a cockpit, a robot arm."""

from itertools import chain, pairwise, product
from random import Random

from local.sample.sheet import (
    BLUE,
    CORAL,
    GOLD,
    NIGHT,
    SAND,
    SLATE,
    STEEL,
    TEAL,
    WIDTH,
    Point,
    Sheet,
    around,
    band,
    mix,
    smooth,
)


def screens(sheet: Sheet, _: Random) -> None:
    """One agent on a desktop, a tablet and a phone."""
    for at, size in (((60, 60), (300, 190)), ((320, 130), (180, 150)), ((480, 110), (98, 186))):
        sheet.box((at[0] - 5, at[1] - 5), (size[0] + 10, size[1] + 10), NIGHT, 15)
        sheet.box(at, size, SLATE, 10, STEEL)
    sheet.box((185, 252), (50, 26), STEEL)
    sheet.box((150, 276), (120, 10), STEEL, 5)
    for index, width in enumerate((150, 110, 180)):
        sheet.box((84, 92 + 34 * index), (width, 16), mix(SLATE, SAND, 0.28), 8)
    sheet.box((84, 198), (86, 28), BLUE, 8)
    for index in range(4):
        sheet.box((340 + 60 * (index % 2), 152 + 48 * (index // 2)), (50, 38), mix(SLATE, TEAL, 0.55), 8)
    for index in range(4):
        sheet.box((496, 134 + 34 * index), (66, 22), mix(SLATE, GOLD, 0.9 if index == 2 else 0.3), 8)
    path: list[Point] = [(127, 212), (250, 268), (365, 171), (430, 300), (529, 213)]
    sheet.line(smooth(path), CORAL, 5)
    for point in (path[0], path[2], path[4]):
        sheet.disc(point, 13, NIGHT)
        sheet.disc(point, 9, CORAL)


def flywheel(sheet: Sheet, _: Random) -> None:
    """A data flywheel: three arrows in a ring, and what each hands on."""
    centre: Point = (320, 180)
    for third, colour in enumerate((TEAL, GOLD, CORAL)):
        start = third / 3
        sheet.shape(band(centre, 118, (start + 0.07, start + 0.225), 14), colour)
        tip, back = around(centre, 118, start + 0.262), start + 0.222
        sheet.shape([tip, around(centre, 136, back), around(centre, 100, back)], colour)
        node = around(centre, 118, start)
        sheet.disc(node, 38, SLATE, colour)
        for bar in range(3):
            height = 12 + 9 * ((bar + third) % 3)
            sheet.box((node[0] - 19 + 14 * bar, node[1] + 15 - height), (10, height), mix(SLATE, colour, 0.75), 3)
    sheet.disc(centre, 44, SLATE)
    sheet.shape([(304, 156), (304, 204), (346, 180)], SAND)


def cockpit(sheet: Sheet, _: Random) -> None:
    """A road behind the wheel, and an assistant that says where it is."""
    sheet.box((0, 0), (WIDTH, 236), mix(NIGHT, BLUE, 0.22))
    sheet.shape([(0, 150), (150, 118), (300, 146), (460, 104), (640, 140), (640, 236), (0, 236)], mix(NIGHT, TEAL, 0.3))
    sheet.shape([(352, 132), (372, 132), (600, 300), (150, 300)], SLATE)
    for near in range(4):
        top, low = 142 + near**2 * 13, 150 + (near + 0.55) ** 2 * 13
        middle = [362 + (y - 132) * 0.078 for y in (top, low)]
        half = [0.8 + (y - 132) * 0.03 for y in (top, low)]
        sides = [(middle[0] - half[0], top), (middle[0] + half[0], top)]
        sheet.shape([*sides, (middle[1] + half[1], low), (middle[1] - half[1], low)], SAND)
    sheet.shape([(0, 232), (250, 214), (640, 232), (640, 360), (0, 360)], NIGHT)
    sheet.shape(band((176, 330), 118, (-0.32, 0.32), 20), STEEL)
    sheet.disc((176, 330), 34, STEEL)
    for turn in (-0.22, 0.22):
        sheet.line([(176, 330), around((176, 330), 112, turn)], STEEL, 16)
    sheet.box((352, 250), (236, 84), SLATE, 14, STEEL)
    for step, colour in enumerate((TEAL, TEAL, GOLD, STEEL)):
        if step:
            sheet.line([(386 + 56 * (step - 1), 292), (386 + 56 * step, 292)], TEAL if step < 3 else STEEL, 4)
        sheet.disc((386 + 56 * step, 292), 13, colour)
    sheet.box((420, 40), (150, 62), SAND, 20)
    sheet.shape([(446, 98), (482, 98), (446, 126)], SAND)
    for dot in range(3):
        sheet.disc((463 + 32 * dot, 71), 8, (CORAL, GOLD, STEEL)[dot])


def film(sheet: Sheet, _: Random) -> None:
    """A robot arm whose next frames are imagined before it moves."""
    for frame in range(4):
        left, share = 26 + 150 * frame, (1, 0.72, 0.52, 0.36)[frame]
        sheet.box((left, 76), (138, 208), mix(NIGHT, SLATE, 0.5 + share / 2), 10)
        for hole in range(5):
            for y in (52, 294):
                sheet.box((left + 6 + 27 * hole, y), (16, 12), mix(NIGHT, STEEL, share), 3)
        base: Point = (left + 40, 262)
        elbow = around(base, 84, -0.03 + 0.02 * frame)
        hand = around(elbow, 66, 0.1 + 0.085 * frame)
        sheet.line([base, elbow, hand], mix(SLATE, TEAL, share), 14)
        sheet.box((left + 18, 258), (44, 14), mix(SLATE, SAND, share), 4)
        for joint in (base, elbow):
            sheet.disc(joint, 9, mix(SLATE, SAND, share))
        sheet.disc(hand, 9, mix(SLATE, CORAL, share))
        sheet.box((left + 96, 246), (26, 26), mix(SLATE, GOLD, share), 5)


def pipeline(sheet: Sheet, _: Random) -> None:
    """Pages go through a pipeline that keeps less and less, into one small model."""
    for page in range(3):
        sheet.box((36 + 18 * page, 70 + 22 * page), (120, 160), mix(NIGHT, SAND, 0.5 + 0.2 * page), 8, NIGHT)
    for row, width in enumerate((84, 64, 84, 46, 72)):
        sheet.box((90, 140 + 25 * row), (width, 9), STEEL, 4)
    for stage, (height, colour) in enumerate(((216, BLUE), (172, TEAL), (132, TEAL), (100, GOLD))):
        sheet.box((232 + 50 * stage, 180 - height / 2), (30, height), mix(NIGHT, colour, 0.9 - 0.1 * stage), 8)
    layers: list[list[Point]] = [
        [(478 + 55 * layer, 180 + 44 * (place - (count - 1) / 2)) for place in range(count)]
        for layer, count in enumerate((4, 5, 3))
    ]
    for start, end in chain.from_iterable(product(*pair) for pair in pairwise(layers)):
        sheet.line([start, end], mix(NIGHT, STEEL, 0.8), 1.6)
    for layer, colour in zip(layers, (TEAL, GOLD, CORAL), strict=True):
        for place in layer:
            sheet.disc(place, 12, colour)
