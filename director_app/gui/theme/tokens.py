"""The colours and sizes of every window. Sizes are pixels at 100 % text scale. Holds no Qt.

Contrast of text on panel: TEXT 15.3, TEXT_2 8.2, TEXT_3 6.1 (WCAG AA asks for 4.5). Red means on air or recording
and nothing else; trouble is amber; blue is the machine, white the producer.
"""

WINDOW = "#0E0F11"
PANEL = "#16181B"
RAISED = "#1F2226"
PRESSED = "#2A2E33"
LINE = "#26292E"
EDGE = "#383D44"
CONTROL = "#6E757F"

TEXT = "#ECEEF1"
TEXT_2 = "#ABB1BA"
TEXT_3 = "#9198A2"
LIGHT = "#E6E9ED"
ON_LIGHT = "#111316"

AIR = "#D92B2F"
AIR_LINE = "#FF5A55"
AIR_TINT = "#2B1517"
NEXT = "#3BC47C"
AUTO = "#5AA9FF"
AUTO_TINT = "#14253A"
WARN = "#F2B23A"
WARN_TINT = "#2C2413"
WHITE = "#FFFFFF"

CAMERA = ("#74D2C6", "#DDBB7E", "#CB8ABD", "#8291AD", "#A6C36F", "#E08F77", "#9F9BE0", "#7FB6D9", "#C9C9C9")
"""Identity of cameras 1 to 9; number and name always stand beside it. The first four are the drawn ones."""

LANE = ("#335653", "#5B5036", "#553E52", "#3A4350", "#454F31", "#5C4037", "#43415F", "#344C5B", "#4A4A4A")
"""Fills of the program lane, with TEXT on them at 6.8 or more."""

LOST_VEIL = (14, 15, 17, 0.64)
PLATE_VEIL = (14, 15, 17, 0.84)
KEYS_SCRIM = (9, 10, 12, 0.80)
"""Red, green, blue, share: the only see-through fills there are."""

RADIUS_SMALL = 4
RADIUS = 6
RADIUS_DIALOG = 10
FOCUS_WIDTH = 2
MARGIN = 12


def camera_colour(number: int) -> str:
    """Of camera 1 to 9."""
    return CAMERA[(number - 1) % len(CAMERA)]


def lane_fill(number: int) -> str:
    """Of camera 1 to 9 in the program lane."""
    return LANE[(number - 1) % len(LANE)]
