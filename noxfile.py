"""The commands that one needs here: ``nox -l`` lists them, ``nox -s tests -- ARGUMENTS`` runs one.

They run in the environment that nox itself is installed in (CONTRIBUTING.md, "Set-up"); none makes one of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "tests"]

ROOMS = Path("tests/unit")


def python(session: nox.Session, *arguments: str) -> None:
    session.run(sys.executable, "-m", *arguments, external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests on all cores, or those given: ``nox -s tests -- tests/properties -k dates``."""
    python(session, "pytest", *(session.posargs or ["-n", "auto"]))


@nox.session
def room(session: nox.Session) -> None:
    """Run the unit tests of some rooms, without workers: ``nox -s room -- items formats/xbrl_csv``."""
    if not session.posargs:
        session.error(f"name a room: {', '.join(sorted(path.name for path in ROOMS.iterdir() if path.is_dir()))}")
    python(session, "pytest", *(str(ROOMS / name) for name in session.posargs))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format; ``nox -s lint -- --fix`` corrects what can be corrected."""
    fix = "--fix" in session.posargs
    python(session, "ruff", "check", *(["--fix"] if fix else []), ".")
    python(session, "ruff", "format", *([] if fix else ["--check"]), ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package, the tests and the examples."""
    python(session, "mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into build/docs, with warnings as errors."""
    python(session, "sphinx", "--fail-on-warning", "--nitpicky", "--keep-going", "docs", "build/docs")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Run the benchmarks, small: ``nox -s benchmarks -- --sizes 10000,100000`` for larger ones."""
    python(session, "tests.benchmarks", *(session.posargs or ["--sizes", "1000,2000"]))


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz readers, values and the tagger: ``nox -s fuzz -- xbrl-xml --runs 1000000 --corpus build/fuzz`` goes on."""
    python(session, "tests.fuzz", *(session.posargs or ["--runs", "1000"]))


@nox.session
def mutants(session: nox.Session) -> None:
    """Change values, decimals, signs and periods in all small ways: the tests must notice (results in mutants/)."""
    session.run("mutmut", "run", *(session.posargs or ["--max-children", "2"]), external=True)
    session.run("mutmut", "results", external=True)


@nox.session
def lock(session: nox.Session) -> None:
    """Renew requirements/ after a change of dependencies; ``nox -s lock -- --upgrade`` takes the newest versions."""
    session.run(".ci/lock", *session.posargs, external=True)
