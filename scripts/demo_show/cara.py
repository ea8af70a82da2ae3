"""Cara: dark skin, straight dark hair to the chin, white jacket over a green top."""

from demo_show.faces import Face, brows, ears, jaw_drop, nose, outline, skin
from demo_show.faces import mouth as lips
from demo_show.svg import Drawing, ellipse, group, path, stroke

FACE = Face(
    skin="#8f5c40", light="#b07a56", shade="#653b28", deep="#3c2016", iris="#2a1610", brow="#170e0b",
    lip="#7d3b35", lower_lip="#9c5148", half_width=95.0, chin=153.0, eye_gap=38.0, brow_weight=5.5, lashes=2.2,
    blush=0.12,
)  # fmt: skip

HAIR = "#16100f"


def back(d: Drawing) -> str:
    """The bob behind the neck."""
    mass = (
        "M -10 -204 C -96 -204 -136 -140 -138 -60 C -140 20 -144 90 -138 138 "
        "C -134 168 -116 178 -92 178 L 96 178 "
        "C 120 178 138 168 140 138 C 146 90 142 20 140 -60 C 138 -140 96 -204 10 -204 Z"
    )
    return path(mass, d.linear(-138, 0, 138, 0, (0, "#2a1d1a"), (0.3, HAIR), (1, "#0d0908")))


def body(d: Drawing) -> str:
    """Neck, green top, white jacket."""
    neck = "M -60 90 L -62 210 C -46 262 46 262 62 210 L 60 90 Z"
    top = (
        "M -74 198 C -84 210 -100 216 -112 224 L -112 490 L 120 490 L 116 224 "
        "C 102 216 84 210 74 198 C 58 262 -58 262 -78 196 Z"
    )
    left = (
        "M -78 200 C -126 230 -218 246 -264 290 C -310 336 -334 400 -344 490 L -92 490 C -96 400 -118 300 -140 228 Z"
    )
    right = "M 80 200 C 130 230 222 246 268 290 C 314 336 338 400 348 490 L 100 490 C 104 400 124 300 142 228 Z"
    cloth = d.linear(-330, 220, -90, 460, (0, "#f4f0e8"), (0.6, "#dad5ca"), (1, "#b3ada1"))
    far = d.linear(100, 220, 340, 460, (0, "#c9c3b8"), (0.5, "#aaa498"), (1, "#716c66"))
    lapel_left = (
        "M -76 198 C -104 216 -136 228 -162 238 C -140 300 -108 390 -98 490 L -62 490 C -66 400 -100 300 -112 250 Z"
    )
    lapel_right = "M 78 198 C 106 216 138 228 164 238 C 144 300 116 390 106 490 L 72 490 C 76 400 104 300 114 250 Z"
    return (
        path(neck, d.linear(-60, 0, 60, 0, (0, FACE.skin), (0.5, FACE.shade), (1, "#4c2a1c")))
        + path("M -60 130 C -36 182 36 194 60 146 L 60 90 L -60 90 Z", "#26120b", opacity=0.55, filter=d.blur(8.0))
        + path(top, d.linear(-80, 240, 120, 470, (0, "#2f9080"), (0.55, "#237064"), (1, "#154840")))
        + group(
            path("M -110 190 C -60 300 70 310 120 190 Z", "#08231f", opacity=0.4, filter=d.blur(12.0)),
            stroke("M -40 320 C -30 370 -34 420 -44 480", "#0c332d", 7.0, opacity=0.4, filter=d.blur(4.0)),
            stroke("M 46 330 C 38 380 44 420 54 480", "#0c332d", 7.0, opacity=0.45, filter=d.blur(4.0)),
            clip_path=d.clip(f'<path d="{top}"/>'),
        )
        + stroke("M -73 200 C -56 262 56 262 73 200", "#123f38", 4.0, opacity=0.7)
        + stroke("M -76 204 C -58 267 58 267 76 204", "#4fb3a2", 2.0, opacity=0.5)
        + path(lapel_left, "#08201c", opacity=0.5, transform="translate(12 6)", filter=d.blur(7.0))
        + path(lapel_right, "#08201c", opacity=0.45, transform="translate(-7 6)", filter=d.blur(7.0))
        + path(left, cloth)
        + path(right, far)
        + group(
            stroke("M -264 290 C -310 336 -334 400 -344 480", "#ffffff", 8.0, opacity=0.5, filter=d.blur(4.0)),
            stroke("M -226 330 C -214 380 -216 430 -226 490", "#7f796e", 8.0, opacity=0.45, filter=d.blur(5.0)),
            stroke("M -250 300 C -224 330 -206 350 -190 360", "#8a8479", 6.0, opacity=0.35, filter=d.blur(5.0)),
            clip_path=d.clip(f'<path d="{left}"/>'),
        )
        + group(
            path(
                "M 220 240 C 250 320 262 400 262 490 L 400 490 L 400 230 Z",
                "#3c3833",
                opacity=0.5,
                filter=d.blur(14.0),
            ),
            stroke("M 218 330 C 206 380 210 430 220 490", "#4d4943", 8.0, opacity=0.45, filter=d.blur(5.0)),
            clip_path=d.clip(f'<path d="{right}"/>'),
        )
        + path(lapel_left, d.linear(-166, 230, -80, 460, (0, "#fffdf8"), (1, "#d5cfc4")))
        + path(lapel_right, d.linear(70, 230, 170, 460, (0, "#ded8cd"), (1, "#98928a")))
        + stroke("M -162 239 C -140 300 -108 390 -98 490", "#8d877c", 2.0, opacity=0.55)
        + stroke("M 164 239 C 144 300 116 390 106 490", "#55514b", 2.0, opacity=0.55)
    )


def under(d: Drawing) -> str:
    """Ears, mostly under the hair."""
    return ears(d, FACE)


def mouth(d: Drawing, number: int) -> str:
    """Skin, nose and mouth number `number`."""
    return skin(d, FACE, jaw_drop(number)) + nose(d, FACE) + lips(d, FACE, number)


def over(d: Drawing) -> str:
    """Brows, earrings, the hair's two sides with a parting."""
    sides = (
        "M -6 -206 C -98 -208 -138 -140 -140 -56 C -142 20 -148 96 -140 140 C -136 166 -112 174 -92 166 "
        "C -78 130 -100 60 -96 -10 C -92 -70 -52 -112 -26 -142 C -6 -118 60 -100 88 -40 C 104 10 92 110 88 164 "
        "C 112 176 138 166 142 138 C 148 90 144 20 142 -56 C 138 -140 92 -208 -6 -206 Z"
    )
    shine = "".join(
        stroke(line, "#7a5b4c", width, opacity=o, filter=d.blur(1.2))
        for line, width, o in (
            ("M -118 -84 C -106 -140 -76 -170 -40 -182", 6.0, 0.5),
            ("M -126 -20 C -130 30 -132 80 -128 122", 5.0, 0.35),
            ("M -112 -30 C -116 30 -114 90 -112 140", 3.0, 0.28), ("M 0 -186 C 50 -178 88 -150 104 -108", 6.0, 0.4),
            ("M 120 -30 C 126 30 124 90 120 130", 4.0, 0.16), ("M -92 -96 C -76 -132 -58 -148 -36 -164", 3.5, 0.3),
        )
    )  # fmt: skip
    cast = group(
        path(sides, "#1c0d08", opacity=0.5, transform="translate(5 6)", filter=d.blur(7.0)),
        clip_path=d.clip(f'<path d="{outline(FACE, 0.0)}"/>'),
    )
    studs = "".join(
        ellipse(x, 44, 6, 6, d.radial(x - 2, 42, 9, (0, "#fff8e2"), (0.5, "#dfc27e"), (1, "#8a6a2c")))
        for x in (-98, 99)
    )
    return (
        brows(FACE, 1.0)
        + cast
        + path(sides, d.linear(-140, -200, 140, 60, (0, "#33241f"), (0.35, HAIR), (1, "#0d0908")))
        + shine
        + studs
    )
