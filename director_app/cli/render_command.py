"""The options of `director render`; a file of its own, because there are many of them.

As in `commands`: what does the work is imported when the command runs, in its body.
"""

from pathlib import Path
from typing import Annotated

import typer

from director_app.cli.outcome import BadInput, sentences
from director_app.core.styles import Style
from director_app.post.choices import Takes
from director_app.post.render.order import EncodedBy, LoudnessTarget, Missing, VideoCodec, Way


def render_command(
    session: Annotated[Path | None, typer.Argument(help="Folder of one session.", metavar="[SESSION]")] = None,
    master: Annotated[bool, typer.Option("--master", help="The whole show as it was cut: master.mp4")] = False,
    recut: Annotated[bool, typer.Option("--recut", help="Cut once more, knowing all that came: recut.mp4")] = False,
    highlights: Annotated[bool, typer.Option("--highlights", help="The best moments: highlights.mp4")] = False,
    clips: Annotated[
        bool, typer.Option("--clips", help="Each of the best moments by itself: highlight_1.mp4")
    ] = False,
    vertical: Annotated[bool, typer.Option("--vertical", help="Highlights as 9:16 that follow the speaker")] = False,
    square: Annotated[bool, typer.Option("--square", help="The same as 1:1: highlights_square.mp4")] = False,
    cameras: Annotated[bool, typer.Option("--cameras", help="Every camera with clean sound: cam_1.mp4")] = False,
    sound: Annotated[bool, typer.Option("--sound", help="Microphones as WAV, the mix as WAV and MP3")] = False,
    stills: Annotated[bool, typer.Option("--stills", help="Contact sheet, poster, thumbnails, waveforms")] = False,
    timelines: Annotated[bool, typer.Option("--timelines", help="For editors: timeline.otio and others")] = False,
    score: Annotated[bool, typer.Option("--score", help="The score card of the live cut: score.json")] = False,
    style: Annotated[Style | None, typer.Option("--style", help="Of a recut; default: the show's.")] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Camera or person not to be seen in a recut.", metavar="NAME"),
    ] = None,
    takes: Annotated[Takes, typer.Option("--takes", help="Keep your takes in a recut, or decide anew.")] = Takes.KEEP,
    timeline: Annotated[
        Path | None, typer.Option("--timeline", help="Recut by an edited .otio file.", metavar="FILE")
    ] = None,
    loudness: Annotated[
        LoudnessTarget, typer.Option("--loudness", help="talk -16, online -14, broadcast -23 LUFS.")
    ] = LoudnessTarget.TALK,
    size: Annotated[
        str | None, typer.Option("--size", help="720p, 1080p, 2160p or 1280x720.", metavar="SIZE")
    ] = None,
    codec: Annotated[VideoCodec, typer.Option("--codec", help="How pictures are encoded.")] = VideoCodec.H264,
    preset: Annotated[str | None, typer.Option("--preset", help="Encode all anew: veryfast to veryslow.")] = None,
    crf: Annotated[int | None, typer.Option("--crf", help="Encode all anew: 22; less is better.")] = None,
    hardware: Annotated[bool, typer.Option("--hardware", help="Let the graphics unit encode, if it can.")] = False,
    way: Annotated[Way | None, typer.Option("--way", help="Copy pictures, or encode all; default: by rule.")] = None,
    placeholder: Annotated[
        bool, typer.Option("--placeholder", help="Show a card where a recording lacks pictures; else: refuse.")
    ] = False,
    lower_thirds: Annotated[
        bool | None,
        typer.Option("--lower-thirds/--no-lower-thirds", help="Names of who speaks; default: as the show says."),
    ] = None,
    title_card: Annotated[
        bool, typer.Option("--title-card", help="A card with its title before each of the best moments.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write into; default: the session's own.", metavar="DIR")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that were not made here.")] = False,
    job: Annotated[Path | None, typer.Option("--job", help="Do what this file says instead.", metavar="FILE")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    progress_json: Annotated[
        bool, typer.Option("--progress-json", help="Print progress and result as lines of JSON.")
    ] = False,
) -> None:
    """Make films of a session: masters, highlights, cameras, a better cut. Recordings are never touched.

    What is there already is not made again; ended early, the same command goes on. Exit codes: 0 done; 1 something
    could not be made; 2 bad input; 75 try again.
    """
    from director_app.cli.render_order import (
        Cards,
        JobOrder,
        Make,
        Printed,
        RenderOrder,
        Replace,
        film_size,
        job_order,
        names_wanted,
        quality_part,
        recut_part,
    )

    printed = Printed.PROGRESS if progress_json else Printed.JSON if as_json else Printed.LINES
    replace = Replace.ANY if force else Replace.OWN
    asked = {
        Make.MASTER: master,
        Make.RECUT: recut or timeline is not None,
        Make.HIGHLIGHTS: highlights,
        Make.CLIPS: clips,
        Make.VERTICAL: vertical,
        Make.SQUARE: square,
        Make.CAMERAS: cameras,
        Make.SOUND: sound,
        Make.STILLS: stills,
        Make.TIMELINES: timelines,
        Make.SCORE: score,
    }
    with sentences():
        if job is not None:
            if session is not None or any(asked.values()):
                raise BadInput("A job file says all that is to be made: name either a session or --job, not both.")
            order: JobOrder | Path = job.absolute()
        elif session is None:
            raise BadInput("Name the folder of a session, or a job: director render SESSION --master")
        else:
            wanted = tuple(make for make, is_wanted in asked.items() if is_wanted)
            order = job_order(
                session=str(session.absolute()),
                out=None if out is None else str(out.absolute()),
                make=wanted or (Make.MASTER, Make.HIGHLIGHTS),
                loudness=loudness,
                size=None if size is None else film_size(size),
                codec=codec,
                quality=quality_part(preset, crf),
                encoded_by=EncodedBy.HARDWARE if hardware else EncodedBy.SOFTWARE,
                way=way,
                missing=Missing.PLACEHOLDER if placeholder else Missing.REFUSE,
                recut=recut_part(style, tuple(without or ()), takes, timeline),
                lower_thirds=names_wanted(lower_thirds),
                cards=Cards.TITLES if title_card else Cards.NONE,
            )
        # Only now: a mistake in the options is told at once.
        from director_app.cli.render import render

        code = render(RenderOrder(order, replace, printed))
    raise typer.Exit(code)
