"""What the sample day's pictures are drawn with: a palette for light and dark pages, and a sheet to draw on."""

import math
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 360
WIDTHS = (640, 320)
OVERSAMPLING = 3
"""Drawn this much larger and scaled down: ImageDraw has no smooth edges."""
QUALITY = 66
COLOURS = 64

Colour = tuple[int, int, int]
Point = tuple[float, float]

NIGHT: Colour = (32, 43, 56)
SLATE: Colour = (52, 67, 84)
STEEL: Colour = (84, 104, 125)
SAND: Colour = (232, 222, 200)
TEAL: Colour = (92, 181, 168)
BLUE: Colour = (110, 156, 208)
CORAL: Colour = (228, 128, 98)
GOLD: Colour = (232, 187, 92)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour between two, at this share of the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Sheet:
    """A drawing in units of the 640 x 360 picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), NIGHT)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, at: Point, size: Point, fill: Colour | None, radius: float = 0, edge: Colour | None = None) -> None:
        """A rectangle with round corners, by its upper left corner."""
        corners = [at[0], at[1], at[0] + size[0], at[1] + size[1]]
        scaled = [value * OVERSAMPLING for value in corners]
        self._draw.rounded_rectangle(scaled, radius * OVERSAMPLING, fill, edge, 3 * OVERSAMPLING if edge else 0)

    def disc(self, centre: Point, radius: float, fill: Colour | None, edge: Colour | None = None) -> None:
        """A circle by its centre."""
        x, y = centre
        self.box((x - radius, y - radius), (2 * radius, 2 * radius), fill, radius, edge)

    def line(self, points: list[Point], fill: Colour, width: float = 3) -> None:
        """A line with round joints and ends."""
        scaled = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        self._draw.line(scaled, fill, round(width * OVERSAMPLING), joint="curve")
        for point in (points[0], points[-1]):
            self.disc(point, width / 2, fill)

    def shape(self, points: list[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill)

    def save(self, path: Path) -> None:
        """Writes the picture in every width."""
        for width in WIDTHS:
            scaled = self.image.resize((width, width * HEIGHT // WIDTH), Image.Resampling.LANCZOS)
            path.with_name(f"{path.name}-{width}.webp").write_bytes(_webp(scaled))


def _webp(image: Image.Image) -> bytes:
    """The smaller of two: grids compress best in few colours and without loss, curves with loss."""
    with_loss, without = BytesIO(), BytesIO()
    image.save(with_loss, "WEBP", quality=QUALITY, method=6)
    few_colours = image.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    few_colours.save(without, "WEBP", lossless=True)
    return min(with_loss.getvalue(), without.getvalue(), key=len)


def around(centre: Point, radius: float, turn: float) -> Point:
    """The point on a circle at this share of a full turn, clockwise from the top."""
    angle = 2 * math.pi * turn
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points along a circle between two shares of a full turn."""
    return [around(centre, radius, start + (end - start) * step / 60) for step in range(61)]


def band(centre: Point, radius: float, turns: tuple[float, float], width: float) -> list[Point]:
    """The outline of a thick arc between two shares of a full turn."""
    start, end = turns
    return [*arc(centre, radius + width / 2, start, end), *arc(centre, radius - width / 2, end, start)]


def smooth(path: list[Point]) -> list[Point]:
    """A curve through the points (Catmull-Rom)."""
    padded = [path[0], *path, path[-1]]
    curve = []
    for near in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(12):
            t = step / 12
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x = sum(weight * point[0] for weight, point in zip(weights, near, strict=True)) / 2
            y = sum(weight * point[1] for weight, point in zip(weights, near, strict=True)) / 2
            curve.append((x, y))
    return [*curve, path[-1]]
