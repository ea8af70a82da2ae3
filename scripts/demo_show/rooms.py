"""What stands behind the people on the three close cameras, and the microphone before them."""

import random

from demo_show.svg import Drawing, ellipse, group, path, rect, stroke

BOOKS = ("#7d5f45", "#8d7a58", "#4a6076", "#354a5e", "#6e4636", "#a07b3e", "#5d6b66", "#a89672", "#3b4452", "#834a3a")


def vignette(d: Drawing) -> str:
    """Darker corners, so that the person stands out."""
    return rect(0, 0, 1280, 720, d.radial(640, 340, 800, (0.52, "#000000", 0), (1, "#000000", 0.55)))


def lamp(d: Drawing, x: float, top: float) -> str:
    """A standing lamp with a lit shade whose top is at (x, top)."""
    shade = f"M {x - 66} {top} L {x + 66} {top} L {x + 98} {top + 124} L {x - 98} {top + 124} Z"
    return (
        rect(
            x - 6, top + 120, 12, 330, d.linear(x - 6, 0, x + 6, 0, (0, "#5b4630"), (0.4, "#2a2018"), (1, "#15100c"))
        )
        + path(shade, d.linear(0, top, 0, top + 124, (0, "#fff0cf"), (0.45, "#fbdba0"), (1, "#e8b56c")))
        + ellipse(x, top + 74, 60, 44, "#fffaf0", opacity=0.55, filter=d.blur(18.0))
    )


def shelf(d: Drawing, x: float, y: float, width: float, rows: int, pitch: float, seed: int) -> str:
    """A bookcase: dark boards and rows of books, light from the left."""
    dice = random.Random(seed)
    out = rect(x, y, width, rows * pitch + 24, d.linear(x, 0, x + width, 0, (0, "#241b17"), (1, "#15110f")))
    for row in range(rows):
        floor_y = y + (row + 1) * pitch
        at = x + 16 + dice.uniform(0, 20)
        while at < x + width - 40:
            thick, tall = dice.uniform(17, 34), dice.uniform(0.58, 0.84) * pitch
            if dice.random() < 0.12:
                at += dice.uniform(18, 46)
                continue
            colour = dice.choice(BOOKS)
            out += rect(at, floor_y - tall, thick - 2, tall, colour)
            out += rect(at, floor_y - tall, 3, tall, "#ffffff", opacity=0.10)
            out += rect(at + thick - 7, floor_y - tall, 5, tall, "#000000", opacity=0.28)
            out += rect(at + 2, floor_y - tall * 0.8, thick - 6, 5, "#e9d9b0", opacity=0.25)
            at += thick
        out += rect(x, floor_y, width, 13, d.linear(0, floor_y, 0, floor_y + 13, (0, "#4a382b"), (1, "#1f1713")))
        out += rect(
            x,
            y + row * pitch + 13,
            width,
            34,
            d.linear(0, y + row * pitch + 13, 0, y + row * pitch + 47, (0, "#000000", 0.55), (1, "#000000", 0)),
        )
    return out


def slats(d: Drawing, width: float, pitch: float, glow: str) -> str:
    """A wall of upright wooden slats, lit by `glow` over it."""
    wood = d.linear(
        0, 0, pitch, 0, (0, "#6a4a33"), (0.12, "#55392a"), (0.62, "#3d2a20"), (0.7, "#17100d"), (1, "#120d0b")
    )
    count = int(width / pitch) + 1
    return (
        "".join(group(rect(0, 0, pitch, 720, wood), transform=f"translate({i * pitch:.1f} 0)") for i in range(count))
        + rect(0, 0, width, 720, "#0c0908", opacity=0.42)
        + glow
    )


def leaf(d: Drawing, x: float, y: float, turn: float, size: float, shade: float) -> str:
    """One leaf that starts at (x, y) and points up, turned by `turn` degrees; shade 0..1 darkens it."""
    blade = "M 0 0 C -34 -30 -40 -104 0 -170 C 40 -104 34 -30 0 0 Z"
    light = "#3f8a5c" if shade < 0.5 else "#2b6544"
    return group(
        path(blade, d.linear(-36, 0, 36, 0, (0, light), (0.49, "#2f7049"), (0.51, "#235839"), (1, "#183f2a"))),
        stroke("M 0 -6 L 0 -158", "#78b68b", 2.0, opacity=0.5),
        "".join(
            stroke(f"M 0 {-20 - i * 22} L {s * 24} {-44 - i * 22}", "#78b68b", 1.0, opacity=0.25)
            for i in range(5)
            for s in (-1, 1)
        ),
        path(blade, "#06140c", opacity=round(shade * 0.5, 2)),
        transform=f"translate({x} {y}) rotate({turn}) scale({size})",
    )


def plant(d: Drawing, x: float, y: float, size: float) -> str:
    """A rubber plant in a pot; (x, y) is where the stem leaves the pot."""
    places = (
        (-60, -150, -78, 0.95, 0.9), (60, -140, 72, 0.95, 0.9), (-140, -200, -62, 1.0, 0.3),
        (140, -184, 64, 1.0, 0.55), (-100, -250, -38, 1.05, 0.2), (100, -250, 40, 1.05, 0.5),
        (-44, -300, -14, 1.1, 0.1), (44, -300, 20, 1.05, 0.4),
        (0, -220, 4, 1.0, 0.0), (-70, -170, -50, 0.8, 0.15), (70, -170, 48, 0.8, 0.45),
        (-20, -130, -24, 0.8, 0.6), (26, -126, 26, 0.8, 0.7),
    )  # fmt: skip
    stems = "".join(
        stroke(f"M 0 0 C 0 {b * 0.5:.0f} {a * 0.5:.0f} {b * 0.8:.0f} {a} {b}", "#26452f", 5.0) for a, b, *_ in places
    )
    leaves = "".join(leaf(d, a, b, turn, scale, shade) for a, b, turn, scale, shade in places)
    return group(stems, leaves, transform=f"translate({x} {y}) scale({size})")


def print_on_wall(d: Drawing, x: float, y: float, width: float, height: float) -> str:
    """A framed print: a sun over a blue sea."""
    middle = y + height * 0.62
    return (
        rect(x + 6, y + 10, width, height, "#000000", opacity=0.5, filter=d.blur(9.0))
        + rect(x, y, width, height, "#1b1614")
        + rect(x + 7, y + 7, width - 14, height - 14, d.linear(x, y, x, y + height, (0, "#e9d8b8"), (1, "#d3b892")))
        + ellipse(x + width * 0.5, middle - 8, width * 0.25, width * 0.25, "#bf6b42")
        + path(
            f"M {x + 7} {middle} "
            f"C {x + width * 0.3} {middle - 16} {x + width * 0.6} {middle + 14} {x + width - 7} {middle - 4} "
            f"L {x + width - 7} {y + height - 7} L {x + 7} {y + height - 7} Z",
            "#47667f",
        )
    )


def city(d: Drawing, x: float, y: float, width: float, height: float, seed: int) -> str:
    """An evening sky over a dark town with lit windows and soft points of light."""
    dice = random.Random(seed)
    low = y + height
    out = rect(
        x,
        y,
        width,
        height,
        d.linear(
            0, y, 0, low, (0, "#0f1c3c"), (0.4, "#27406f"), (0.66, "#5a5f8c"), (0.82, "#a97a6c"), (1, "#c98f5f")
        ),
    )
    for tone, share in (("#27304c", 0.46), ("#121a2c", 0.34)):
        at = x
        while at < x + width:
            wide, tall = dice.uniform(0.06, 0.13) * width, height * share * dice.uniform(0.55, 1.1)
            wide = min(wide, x + width - at)
            out += rect(at, low - tall, wide, tall, tone)
            for _ in range(int(wide * tall / 1500)):
                wx, wy = at + dice.uniform(4, max(5, wide - 10)), low - dice.uniform(8, max(9, tall - 8))
                out += rect(
                    wx,
                    wy,
                    4.5,
                    6.5,
                    dice.choice(("#ffd894", "#ffc070", "#cfe0ff")),
                    opacity=round(dice.uniform(0.3, 0.9), 2),
                )
            at += wide * dice.uniform(0.9, 1.15)
    return out


def bokeh(d: Drawing, x: float, y: float, width: float, height: float, seed: int) -> str:
    """Points of light out of focus."""
    dice = random.Random(seed)
    out = ""
    for _ in range(34):
        r = dice.uniform(5, 13)
        out += ellipse(
            x + dice.uniform(0, width),
            y + dice.uniform(0, height),
            r,
            r,
            dice.choice(("#ffd9a0", "#ffbf78", "#9fc4f4", "#e8eefc")),
            opacity=round(dice.uniform(0.25, 0.7), 2),
            filter=d.blur(1.6),
        )
    return out


def microphone(d: Drawing, x: float, y: float, mirror: int) -> str:
    """A broadcast microphone on a boom arm that comes in from the side; mirror -1 brings it from the left."""
    metal = d.linear(0, -30, 0, 30, (0, "#4b5057"), (0.35, "#23262b"), (1, "#0b0c0e"))
    slots = "".join(stroke(f"M {-58 + i * 11} -17 L {-58 + i * 11} 19", "#0a0b0d", 4.6) for i in range(5))
    head = group(
        rect(-72, -33, 140, 66, metal, rx=30),
        rect(-72, -33, 66, 66, d.linear(0, -33, 0, 33, (0, "#3d434a"), (0.4, "#1b1e22"), (1, "#090a0b")), rx=28),
        slots,
        rect(-8, -33, 9, 66, d.linear(0, -33, 0, 33, (0, "#8b939d"), (0.5, "#3d434b"), (1, "#1c1f23"))),
        stroke("M -50 -29 L 46 -29", "#aab2bc", 2.6, opacity=0.45),
        transform="rotate(-25)",
    )
    arm = d.linear(0, 0, 0, 130, (0, "#33373d"), (1, "#0b0c0e"))
    return group(
        stroke("M 58 10 L 232 98", "#08090a", 23.0) + stroke("M 58 8 L 232 96", arm, 18.0),
        stroke("M 232 98 L 700 -66", "#08090a", 23.0) + stroke("M 232 96 L 700 -68", arm, 18.0),
        stroke("M 64 4 L 228 87", "#717983", 2.4, opacity=0.5),
        stroke("M 244 84 L 700 -76", "#717983", 2.4, opacity=0.45),
        ellipse(232, 97, 19, 19, "#0c0d0f"),
        ellipse(232, 97, 16, 16, d.radial(227, 91, 22, (0, "#4d535b"), (1, "#14161a"))),
        ellipse(232, 97, 6, 6, "#7b838d"),
        head,
        transform=f"translate({x} {y}) scale({mirror} 1)",
    )
