"""Small words for writing SVG: elements, gradients and blurs as strings, with ids that never clash.

Must not know what is drawn.
"""

from collections.abc import Sequence

Stop = tuple[float, str] | tuple[float, str, float]


def attributes(**values: object) -> str:
    """Keyword arguments as SVG attributes; underscores become dashes (fill_opacity -> fill-opacity)."""
    return " ".join(f'{name.strip("_").replace("_", "-")}="{_number(value)}"' for name, value in values.items())


def _number(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def element(tag: str, **values: object) -> str:
    """One empty element."""
    return f"<{tag} {attributes(**values)}/>"


def path(d: str, fill: str, **values: object) -> str:
    """A filled path."""
    return element("path", d=" ".join(d.split()), fill=fill, **values)


def stroke(d: str, colour: str, width: float, **values: object) -> str:
    """A line with round ends."""
    return element(
        "path",
        d=" ".join(d.split()),
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
        **values,
    )


def rect(x: float, y: float, width: float, height: float, fill: str, **values: object) -> str:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, **values)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **values: object) -> str:
    """An ellipse around (x, y)."""
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **values)


def group(*content: str, **values: object) -> str:
    """A <g> around the content."""
    head = attributes(**values)
    return f"<g {head}>" + "".join(content) + "</g>\n"


class Drawing:
    """One SVG file: collects definitions and hands out references to them."""

    def __init__(self) -> None:
        self._definitions: list[str] = []
        self._known: dict[str, str] = {}

    def _define(self, body: str, tag: str, head: str) -> str:
        key = tag + head + body
        if key not in self._known:
            name = f"d{len(self._known)}"
            self._known[key] = name
            self._definitions.append(f'<{tag} id="{name}" {head}>{body}</{tag}>')
        return f"url(#{self._known[key]})"

    def linear(self, x1: float, y1: float, x2: float, y2: float, *stops: Stop) -> str:
        """A linear gradient in user space."""
        head = attributes(gradientUnits="userSpaceOnUse", x1=x1, y1=y1, x2=x2, y2=y2)
        return self._define(_stops(stops), "linearGradient", head)

    def radial(self, x: float, y: float, radius: float, *stops: Stop, squash: float = 1.0) -> str:
        """A radial gradient in user space; squash flattens it vertically around y."""
        head = attributes(gradientUnits="userSpaceOnUse", cx=x, cy=y, r=radius)
        if squash != 1.0:
            head += f' gradientTransform="translate(0 {y - y * squash:.2f}) scale(1 {squash})"'
        return self._define(_stops(stops), "radialGradient", head)

    def blur(self, deviation: float) -> str:
        """A Gaussian blur filter with room around it."""
        head = attributes(x="-60%", y="-60%", width="220%", height="220%", color_interpolation_filters="sRGB")
        return self._define(element("feGaussianBlur", stdDeviation=deviation), "filter", head)

    def clip(self, *shapes: str) -> str:
        """A clip path from shapes."""
        return self._define("".join(shapes), "clipPath", 'clipPathUnits="userSpaceOnUse"')

    def document(self, *content: str) -> str:
        """The whole file, 1280 x 720."""
        definitions = "\n".join(self._definitions)
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">\n'
            f"<defs>\n{definitions}\n</defs>\n" + "".join(content) + "</svg>\n"
        )


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        element("stop", offset=s[0], stop_color=s[1], stop_opacity=s[2] if len(s) > 2 else 1) for s in stops
    )
