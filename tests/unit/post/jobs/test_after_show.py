"""What a show file wants of its recording, as a job."""

from pathlib import Path

import pytest

from director_app.post.jobs.after_show import after_show
from director_app.post.jobs.order import Cards, Make
from director_app.post.render.order import LoudnessTarget
from director_app.session.show_file import parse_show


def test_nothing_wanted_is_no_job(tmp_path: Path) -> None:
    show = parse_show({"camera": [{"id": "cam_1", "label": "Ana", "kind": "synthetic"}]}, "a test")
    assert after_show(show.after, tmp_path) is None


@pytest.mark.parametrize(("wanted", "cards"), [({}, Cards.NONE), ({"title_cards": True}, Cards.TITLES)])
def test_a_job_makes_what_is_named_once_and_as_it_is_wanted(
    wanted: dict[str, object], cards: Cards, tmp_path: Path
) -> None:
    table = {"make": ["highlights", "master", "highlights"], "loudness": "online", **wanted}
    show = parse_show({"camera": [{"id": "cam_1", "label": "Ana", "kind": "synthetic"}], "after": table}, "a test")
    order = after_show(show.after, tmp_path)
    assert order is not None
    assert order.make == (Make.HIGHLIGHTS, Make.MASTER)
    assert order.loudness is LoudnessTarget.ONLINE and order.cards is cards
