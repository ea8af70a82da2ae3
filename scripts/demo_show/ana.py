"""Ana: curly dark hair, mustard sweater, gold earrings."""

import math
import random

from demo_show.faces import Face, brows, ears, jaw_drop, nose, skin
from demo_show.faces import mouth as lips
from demo_show.svg import Drawing, ellipse, group, path, stroke

FACE = Face(
    skin="#c98f68", light="#dfa780", shade="#a56b4b", deep="#6b3a27", iris="#3a2015", brow="#22130f",
    lip="#a8473f", lower_lip="#c4635a", half_width=97.0, chin=152.0, eye_gap=38.0, brow_weight=5.5, lashes=2.2,
    blush=0.22,
)  # fmt: skip

HAIR = "#1e120f"


def _curl(d: Drawing, x: float, y: float, radius: float, lit: float) -> str:
    """One lock: a ball of hair with a few turning strands on the lamp's side."""
    # The strands' random turns come from the place, so that a redrawn file is the same file.
    dice = random.Random(int(x * 31 + y * 17))
    tone = "#2c1b15" if lit > 0.4 else "#231611"
    out = ellipse(x, y, radius, radius, d.radial(x, y, radius, (0, tone), (0.7, HAIR), (1, HAIR)))
    for ring in (0.88, 0.62, 0.34):
        turn = dice.uniform(-0.5, 0.5) + math.pi * 1.1
        spread = dice.uniform(0.45, 0.95)
        a, b = turn - spread, turn + spread
        r = radius * ring
        out += stroke(
            f"M {x + r * math.cos(a):.1f} {y + r * math.sin(a):.1f} A {r:.1f} {r:.1f} 0 0 1 "
            f"{x + r * math.cos(b):.1f} {y + r * math.sin(b):.1f}",
            "#8a5a3a",
            dice.uniform(2.4, 4.6),
            opacity=round(0.06 + 0.5 * lit * ring, 2),
        )
    return out


def _lit(x: float, y: float) -> float:
    """How much of the lamp's light a lock gets, 0..1: it stands to the left."""
    return max(0.0, min(1.0, 0.45 - x / 330 - (y + 60) / 900))


def back(d: Drawing) -> str:
    """The mass of curls behind the head and down to the shoulders."""
    mass = (
        "M -40 -236 C -150 -226 -196 -140 -190 -60 C -214 0 -206 90 -178 150 C -150 206 -90 214 -66 212 "
        "L 66 212 C 100 216 170 186 184 140 C 214 80 214 0 194 -60 C 200 -150 130 -236 40 -236 Z"
    )
    spots = [
        (-118, -166, 52), (-52, -206, 54), (24, -212, 54), (96, -180, 52), (-162, -96, 48), (150, -116, 50),
        (-176, -28, 46), (176, -44, 46), (-182, 38, 46), (184, 28, 46), (-172, 100, 46), (178, 96, 46),
        (-148, 156, 42), (152, 152, 42), (-112, 182, 34), (116, 180, 34), (-128, 40, 44), (132, 36, 44),
        (-120, 112, 44), (126, 108, 44),
    ]  # fmt: skip
    order = sorted(spots, key=lambda spot: math.hypot(spot[0], spot[1] + 20), reverse=True)
    small = []
    dice = random.Random(4)
    for step in range(46):
        angle = math.pi * (0.78 + 1.44 * step / 45)
        reach = dice.uniform(0.86, 1.0)
        small.append((math.sin(angle) * -212 * reach, math.cos(angle) * 232 * reach + 4, dice.uniform(14, 28)))
    return (
        path(mass, HAIR)
        + "".join(ellipse(x, y, r, r, HAIR) for x, y, r in small)
        + "".join(_curl(d, x, y, r, _lit(x, y)) for x, y, r in order)
    )


def body(d: Drawing) -> str:
    """Neck and sweater."""
    torso = (
        "M -66 196 C -110 222 -214 236 -262 286 C -306 332 -326 392 -336 470 L 352 470 "
        "C 344 392 322 332 276 286 "
        "C 226 236 110 222 66 196 C 56 246 -56 246 -66 196 Z"
    )
    neck = "M -63 90 L -62 204 C -50 262 50 262 62 204 L 63 90 Z"
    cloth = d.linear(-300, 200, 330, 430, (0, "#d2943a"), (0.4, "#c0822b"), (0.72, "#a86c1e"), (1, "#7c4d13"))
    folds = "".join(
        stroke(
            f"M {x} {y} C {x + a} {y + 40} {x + a} {y + 90} {x + b} {y + 170}",
            "#6d430f",
            7.0,
            opacity=0.35,
            filter=d.blur(4.0),
        )
        for x, y, a, b in ((-232, 330, 10, 4), (-96, 330, -8, -26), (64, 340, 6, 18), (214, 330, -14, -10))
    )
    shadow = "M 92 190 C 150 260 214 330 226 480 L 380 480 L 372 180 Z"
    return (
        path(neck, d.linear(-62, 0, 62, 0, (0, FACE.skin), (0.5, FACE.shade), (1, "#8d5639")))
        + path("M -62 120 C -40 172 30 190 62 140 L 62 90 L -62 90 Z", FACE.deep, opacity=0.45, filter=d.blur(7.0))
        + path("M -60 196 C -40 246 40 246 60 196 L 62 210 C 50 268 -50 268 -62 210 Z", FACE.deep, opacity=0.35)
        + path(torso, cloth)
        + group(
            path(shadow, "#5f3a0c", opacity=0.5, filter=d.blur(14.0)),
            ellipse(-190, 300, 90, 44, "#efb75c", opacity=0.35, filter=d.blur(22.0)),
            stroke("M -262 288 C -304 334 -322 392 -332 470", "#ffdf9e", 7.0, opacity=0.35, filter=d.blur(4.0)),
            path(
                "M -180 190 C -120 250 -40 284 30 280 C 110 280 160 250 190 200 Z",
                "#4a2c08",
                opacity=0.3,
                filter=d.blur(16.0),
            ),
            folds,
            clip_path=d.clip(f'<path d="{torso}"/>'),
        )
        + path(
            "M -88 190 C -80 300 80 300 88 190 C 82 186 72 184 64 190 "
            "C 58 258 -58 258 -64 190 C -72 184 -82 186 -88 190 Z",
            d.linear(-88, 0, 88, 0, (0, "#dba247"), (0.6, "#c98c33"), (1, "#9a6420")),
        )
        + stroke("M -88 192 C -80 301 80 301 88 192", "#7a4d14", 3.0, opacity=0.55)
        + stroke("M -64 192 C -57 258 57 258 64 192", "#5c380c", 2.4, opacity=0.5)
    )


def under(d: Drawing) -> str:
    """Ears, behind the face."""
    return ears(d, FACE)


def mouth(d: Drawing, number: int) -> str:
    """Skin, nose and mouth number `number`."""
    return skin(d, FACE, jaw_drop(number)) + nose(d, FACE) + lips(d, FACE, number)


def over(d: Drawing) -> str:
    """Brows, the curls that frame the face, earrings."""
    frame = [
        (-100, -64, 30), (-94, -106, 38), (101, -58, 28), (104, -98, 36), (66, -138, 40), (-58, -142, 42),
        (8, -160, 46), (-110, -20, 22), (112, -16, 20),
    ]  # fmt: skip
    fringe = (
        "M -104 -52 C -100 -92 -64 -108 -30 -128 C 0 -146 30 -156 46 -150 "
        "C 50 -122 74 -104 92 -92 C 104 -80 108 -60 108 -44 "
        "L 132 -70 C 136 -160 70 -206 0 -206 C -80 -206 -140 -160 -128 -70 Z"
    )
    strands = "".join(
        stroke(line, "#6b452f", 4.0, opacity=opacity)
        for line, opacity in (
            ("M -86 -112 C -62 -150 -28 -164 12 -170", 0.75),
            ("M -76 -96 C -50 -128 -20 -140 16 -146", 0.6),
            ("M -100 -96 C -92 -132 -66 -160 -40 -176", 0.5),
            ("M 60 -172 C 88 -160 106 -138 112 -112", 0.3),
        )
    )
    return (
        brows(FACE)
        + path(
            fringe,
            "#170d0b",
            opacity=0.45,
            transform="translate(3 9)",
            filter=d.blur(5.0),
            clip_path=d.clip('<path d="M -97 -160 L 97 -160 L 97 40 L -97 40 Z"/>'),
        )
        + path(fringe, d.linear(-120, -200, 120, -60, (0, "#33201a"), (0.5, HAIR), (1, "#170d0b")))
        + "".join(_curl(d, x, y, r, _lit(x, y)) for x, y, r in frame)
        + strands
        + _earring(d, -105)
        + _earring(d, 105)
    )


def _earring(d: Drawing, x: float) -> str:
    gold = d.linear(x - 14, 40, x + 14, 66, (0, "#f7dd94"), (0.5, "#d3a544"), (1, "#8d6420"))
    return _ring(x, 52, 13, gold) + stroke(f"M {x - 9} 46 A 11 11 0 0 1 {x - 2} 41", "#fff6d8", 1.8, opacity=0.8)


def _ring(x: float, y: float, radius: float, colour: str) -> str:
    """A ring seen from the front."""
    return stroke(f"M {x} {y - radius} A {radius} {radius} 0 1 1 {x - 0.1} {y - radius}", colour, 4.4)
