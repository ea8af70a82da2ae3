"""Every command of `director`, its options and its exit code. The work is done elsewhere.

A command imports what does its work when it runs, in its body, and this module nothing that is more than words: so
`director tell` need not wait for what `director run` needs, and help and mistakes in typing wait for neither.
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from director_app.cli.outcome import BadInput, ExitCode, let_streams_print_anything, news, results, sentences
from director_app.cli.render_command import render_command
from director_app.core.cuts_fall import CutsFall
from director_app.core.styles import Style
from director_app.post.choices import Mode

app = typer.Typer(
    name="director",
    help="Cuts a filmed conversation to whoever holds the floor, says why, and records everything.\n\n"
    "Exit codes: 0 done; 1 it ran and something is wrong; 2 bad input, nothing was done; "
    "3 the show was closed early, complete and safe; 75 the same command goes on later.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Sessions = Annotated[
    Path | None, typer.Option("--sessions", help="Folder of all sessions; default: your video folder.", metavar="DIR")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
For = Annotated[
    str | None, typer.Option("--for", help="Stop by itself after this long: 90s, 10m, 1h.", metavar="TIME")
]
ProgrammeDelay = Annotated[
    float, typer.Option("--programme-delay", help="Seconds the program leaves after the room, 0 to 3.", metavar="S")
]
StyleOption = Annotated[Style, typer.Option("--style", help="How restless the program is.")]
MinimumShot = Annotated[
    float | None,
    typer.Option("--minimum-shot", help="Shortest automatic shot, 1.5 s or more; default: the style's.", metavar="S"),
]
JsonOut = Annotated[
    Path | None, typer.Option("--json", help="Write JSON into this file; - prints it.", metavar="OUT")
]
SessionFolder = Annotated[Path, typer.Argument(help="Folder of one session.", metavar="SESSION")]


def main() -> None:
    """Entry point of the console script."""
    let_streams_print_anything()
    app()


@app.command()
def demo(
    sessions: Sessions = None,
    length: Annotated[str, typer.Option("--for", help="How long to record.", metavar="TIME")] = "60s",
    resolution: Annotated[str, typer.Option(help="720p or 1080p.")] = "720p",
) -> None:
    """Record the demo show: four drawn cameras, three real voices, no devices needed."""
    from director_app.cli.demo import demo_show
    from director_app.cli.duration import seconds_of

    with sentences():
        show, seconds = demo_show(resolution), seconds_of(length)
        from director_app.cli.record import record_show

        code = record_show(show, sessions, seconds)
    raise typer.Exit(code)


@app.command()
def run(
    show_file: Annotated[Path, typer.Argument(help="Show file; make one with: director init", metavar="SHOW.toml")],
    sessions: Sessions = None,
    length: For = None,
    start_anyway: Annotated[
        bool, typer.Option("--start-anyway", help="Start although devices of the show are not plugged in.")
    ] = False,
) -> None:
    """Record a show with the cameras and microphones of a show file."""
    from director_app.cli.duration import seconds_of
    from director_app.session.show_file import read_show

    with sentences():
        show = read_show(show_file)
        seconds = None if length is None else seconds_of(length)
        # Only now: a mistake in a show file is told at once.
        from director_app.cli.preflight import check_files, check_files_and_devices
        from director_app.cli.record import record_show

        preflight = check_files if start_anyway else check_files_and_devices
        preflight(show)
        code = record_show(show, sessions, seconds)
    raise typer.Exit(code)


@app.command("sound-check")
def sound_check(
    show_file: Annotated[
        Path | None, typer.Argument(help="Show file; without one: the demo show.", metavar="[SHOW.toml]")
    ] = None,
    while_talking: Annotated[
        bool, typer.Option("--while-talking", help="Ask nobody; listen to people who talk to each other.")
    ] = False,
    out: JsonOut = None,
) -> None:
    """Listen to everybody for five seconds: levels, noise, who is heard where, and what is wrong."""
    from director_app.cli.demo import demo_show
    from director_app.session.show_file import read_show

    with sentences():
        show = demo_show("720p") if show_file is None else read_show(show_file)
        from director_app.cli.sound_check import CheckOrder
        from director_app.cli.sound_check import sound_check as check_sound

        code = check_sound(CheckOrder(show, while_talking, out))
    raise typer.Exit(code)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="File to write.", metavar="SHOW.toml")] = Path("show.toml"),
) -> None:
    """Write a commented show file from the cameras and microphones found on this computer."""
    with sentences():
        if path.exists():
            raise BadInput(f"{path} exists already. Name another file, or delete it first.")
        from director_app.cli.init import commented_show
        from director_app.engine.devices import device_lists
        from director_app.session.atomic import write_atomically

        text = commented_show(device_lists(), str(path))
        try:
            write_atomically(path, text)
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from None
        results.print(f"Wrote {path}. Read it, then: director run {path}", markup=False)


@app.command()
def devices(as_json: Json = False) -> None:
    """List the cameras and microphones of this computer."""
    from director_app.cli.devices import print_devices
    from director_app.engine.devices import device_lists

    with sentences():
        lists = device_lists()
    if as_json:
        results.print_json(json.dumps(lists.as_dict()))
    else:
        print_devices(lists)


@app.command()
def doctor(sessions: Sessions = None, as_json: Json = False) -> None:
    """Say what this computer can do, and what to do about the rest."""
    from director_app.cli import doctor as doctor_report
    from director_app.session.library import default_sessions_folder

    with sentences():
        findings = doctor_report.examine(sessions or default_sessions_folder())
    if as_json:
        results.print_json(json.dumps([finding.as_dict() for finding in findings]))
    else:
        doctor_report.print_findings(findings)
    raise typer.Exit(ExitCode.PROBLEMS if any(finding.is_bad for finding in findings) else ExitCode.DONE)


@app.command()
def check(session: SessionFolder, as_json: Json = False) -> None:
    """Check a session: does every file decode, is everything aligned, do the hashes hold."""
    from director_app.post.check import check_session

    with sentences():
        report = check_session(session, lambda text: news.print(text, style="dim", markup=False))
    if as_json:
        results.print_json(json.dumps(report.as_dict()))
    else:
        for line in report.lines():
            results.print(line, markup=False)
    raise typer.Exit(ExitCode.DONE if report.is_good else ExitCode.PROBLEMS)


@app.command()
def recover(session: SessionFolder) -> None:
    """Complete a session whose recorder was killed: program, durations, events, manifest."""
    from director_app.cli.finish import recover_with_news

    with sentences():
        recover_with_news(session.resolve())
        results.print(str(session.resolve()), markup=False)


@app.command()
def cut(
    microphones: Annotated[
        list[Path] | None,
        typer.Option("--mic", help="Sound of one person; camera 0 belongs to the first, and so on.", metavar="FILE"),
    ] = None,
    mode: Annotated[Mode, typer.Option(help="Decide as a running show does, or knowing what comes.")] = Mode.LIVE,
    delay_s: ProgrammeDelay = 1.0,
    placement: Annotated[
        CutsFall | None,
        typer.Option(help="Where pictures can change; default: as in a show at 30 fps with this delay."),
    ] = None,
    style: StyleOption = Style.NORMAL,
    minimum_shot_s: MinimumShot = None,
    locked: Annotated[
        Path | None, typer.Option(help="JSON with cuts that must stay; for --mode offline.", metavar="FILE")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print every cut with its reason.")] = False,
    out: JsonOut = None,
) -> None:
    """Say where the director would cut, from the microphone files of a conversation."""
    from director_app.cli.cut import CutOrder, Explain, checked_rules
    from director_app.cli.cut import cut as cut_files
    from director_app.post.cutting import ProgramSettings

    with sentences():
        cut_files(
            CutOrder(
                microphones=microphones or [],
                mode=mode,
                rules=checked_rules(style, delay_s, minimum_shot_s),
                settings=ProgramSettings(delay_s, placement),
                locked=locked,
                explain=Explain.YES if explain else Explain.NO,
                out=out,
            )
        )


@app.command()
def replay(
    session: SessionFolder,
    delay_s: Annotated[
        float | None, typer.Option("--programme-delay", help="Another programme delay, 0 to 3 s.", metavar="S")
    ] = None,
    style: Annotated[Style | None, typer.Option("--style", help="Another style.")] = None,
    minimum_shot_s: Annotated[
        float | None, typer.Option("--minimum-shot", help="Another shortest shot, 1.5 s or more.", metavar="S")
    ] = None,
    out: JsonOut = None,
) -> None:
    """Direct a recorded show once more; with other settings: what would have been different."""
    from director_app.cli.replay import Changes, replay_session

    with sentences():
        code = replay_session(session, Changes(delay_s, style, minimum_shot_s), out)
    raise typer.Exit(code)


@app.command()
def score(
    session: SessionFolder,
    as_json: Json = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the JSON into this file as well.", metavar="FILE")
    ] = None,
) -> None:
    """Say how good the cut of a session was, and what would have helped: found out by directing it again."""
    from director_app.cli.score import ScoreOrder, print_score

    with sentences():
        code = print_score(ScoreOrder(session, as_json, out))
    raise typer.Exit(code)


app.command("render")(render_command)


@app.command()
def export(
    session: SessionFolder,
    formats: Annotated[
        str | None,
        typer.Option(
            "--to", help="otio, edl, fcp7, fcpxml, kdenlive, with commas between; default: all.", metavar="F,F"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write into; default: the session's own.", metavar="DIR")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace timelines that were changed since, and other files.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the show as timelines for editors: every cut still movable, every camera and microphone at hand."""
    from director_app.cli.export import ExportOrder, Report
    from director_app.cli.export import export as export_timelines
    from director_app.post.timelines.export import Replacing

    with sentences():
        replacing = Replacing.ANY if force else Replacing.OWN
        report = Report.JSON if as_json else Report.TEXT
        code = export_timelines(ExportOrder(session, formats, out, replacing, report))
    raise typer.Exit(code)


@app.command()
def tell(
    words: Annotated[list[str], typer.Argument(help="A command, such as: take 2", metavar="COMMAND...")],
) -> None:
    """Say a command to the running desk: take 1, choose 2, take wide, take next, take previous, hold, auto, manual,
    auto or manual, name, marker, record, stop, and whatever its keys can do.
    """
    from director_app.cli.tell import tell_running_desk

    with sentences():
        results.print(tell_running_desk(" ".join(words)), markup=False)


@app.command("sessions")
def list_command(sessions: Sessions = None, as_json: Json = False) -> None:
    """List past sessions, newest first."""
    from director_app.cli.sessions import session_dict, session_line
    from director_app.session.library import default_sessions_folder, list_sessions

    with sentences():
        entries = list_sessions(sessions or default_sessions_folder())
    if as_json:
        results.print_json(json.dumps([session_dict(entry) for entry in entries]))
        return
    if not entries:
        news.print("No sessions yet. Try: director demo", markup=False)
    for entry in entries:
        results.print(session_line(entry), markup=False)
