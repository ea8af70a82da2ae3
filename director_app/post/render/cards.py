"""Title cards: the frames of a film before a stretch that show no slot of the show, but what comes and its title."""

from contextlib import suppress

import numpy as np

from director_app.core.edits import FilmShot
from director_app.media.frame import I420, black_picture
from director_app.media.head import HeadError
from director_app.media.title_card import dim, title_card
from director_app.post.render.anew import decoded_picture
from director_app.post.render.drawn import Drawn
from director_app.post.render.order import Card
from director_app.post.render.source import RenderSource


def card_picture(source: RenderSource, card: Card, each: FilmShot, drawn: Drawn) -> I420:
    """The picture of all of the frames before this shot; black under its words where the camera has no picture."""
    picture = black_picture(source.canvas)
    iso = source.isos.get(each.shot.camera)
    if iso is not None and iso.parameter_sets:
        with suppress(HeadError):
            picture = np.ascontiguousarray(decoded_picture(iso, each.shot.first))
            dim(picture)
    words = title_card(card.title, card.show, card.colour, drawn.stage, source.canvas)
    words.paint(picture, shift=drawn.left_at(each.frame - each.lead))
    return picture
