"""What a show file wants to be made of a recording when it has stopped, as a job."""

from pathlib import Path

from director_app.post.jobs.order import Cards, JobOrder, Make
from director_app.post.render.order import LoudnessTarget
from director_app.session.show import AfterTable


def after_show(after: AfterTable, folder: Path) -> JobOrder | None:
    """None where nothing is wanted."""
    if not after.make:
        return None
    return JobOrder(
        session=str(folder.absolute()),
        make=tuple(Make(each) for each in dict.fromkeys(after.make)),
        loudness=LoudnessTarget(after.loudness),
        cards=Cards.TITLES if after.title_cards else Cards.NONE,
    )
