"""Options of `director render` that cannot be: one sentence, exit code 2, and no session was looked at."""

import pytest
from typer.testing import CliRunner

from director_app.cli.commands import app


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the folder of a session"),
        (["show", "--job", "x.json"], "not both"),
        (["--master", "--job", "x.json"], "not both"),
        (["show", "--size", "big"], '"big" is no size. Write it like 720p'),
        (["show", "--size", "1281x720"], "A film of 1281x720 cannot be: use even sizes"),
        (["show", "--size", "0x0"], "A film of 0x0 cannot be"),
        (["show", "--crf", "99"], "crf: "),
        (["show", "--preset", "; rm"], "preset: "),
        (["show", "--preset", "nonsense"], "preset: there is no such preset; use one of ultrafast, "),
        (["show", "--recut", "--style", "calm", "--timeline", "x.otio"], "not both"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["render", *arguments])

    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
