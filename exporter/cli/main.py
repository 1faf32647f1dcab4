"""The program ``exporter``: its commands, each imported when it is called."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from exporter.resources.signals import Terminated, termination_raised

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.findings import Finding

_FAILED: Final = 2
_BY_SIGNAL: Final = 128
_OBJECTS_BEFORE_COLLECTION: Final = 50_000

_COMMANDS: Final = {
    "init": "Write a file of items for a form, to be filled in.",
    "template": "Write a workbook for report items, to be filled in.",
    "export": "Turn report items into a filing folder.",
    "convert": "Turn a report from one syntax into another.",
    "validate": "Check reports and files of items.",
    "batch": "Export, convert or validate many files.",
    "diff": "Compare what two reports say, whatever their syntax.",
    "facts": "Show what a report says, as a table.",
    "advise": "Say which own concepts are needless, ill named or not anchored.",
    "concepts": "Find standard concepts by words.",
    "tag": "Tag a document that exists already as Inline XBRL.",
    "review": "Write a page to look at before signing.",
    "roll-forward": "Begin the next filing with the last one.",
    "items": "List the report items there are.",
    "profiles": "Show which standard concepts items report.",
    "taxonomies": "Show and keep the taxonomy packages that profiles need.",
    "schema": "Print the JSON Schema of report items.",
    "mcp": "Serve the program as tools of an agent, confined to a folder.",
    "doctor": "Show versions, extras and what is missing.",
}


class _CommandContext(click.Context):
    """The context of a command: options that are not given have the defaults of the project, where it has any."""

    def lookup_default(self, name: str, call: Any = True) -> Any:
        arguments = [parameter for parameter in self.command.params if isinstance(parameter, click.Argument)]
        if self.default_map is None and all(argument.name in self.params for argument in arguments):
            path = None if self.resilient_parsing else self._settings_file(arguments)
            self.default_map = {} if path is None else self._options_of(path)
        return super().lookup_default(name, call)

    def _settings_file(self, arguments: Sequence[click.Argument]) -> Path | None:
        """``exporter.toml``, or ``pyproject.toml`` with a table for this program, nearest above the first input."""
        # Imported on use: the help of the program needs no paths.
        from pathlib import Path

        given = self.find_root().params
        if given.get("isolated") or given.get("config") is not None:
            return None if given.get("config") is None else Path(given["config"])
        folder = Path.cwd()
        for argument in arguments:
            value = self.params[argument.name or ""]
            first = value[0] if isinstance(value, tuple) and value else value
            if isinstance(first, Path):
                folder = folder / first if first.is_dir() else (folder / first).parent
                break
        for above in (folder, *folder.parents):
            for path in (above / "exporter.toml", above / "pyproject.toml"):
                if path.is_file() and (path.name == "exporter.toml" or _has_settings(path)):
                    return path
        return None

    def _options_of(self, path: Path) -> dict[str, Any]:
        # Imported on use: most commands run where no defaults are.
        from exporter.cli.settings import default_options

        return default_options(self, path)


def _has_settings(pyproject: Path) -> bool:
    try:
        return b"[tool.exporter]" in pyproject.read_bytes()  # a look that needs no parser
    except OSError:
        return False


class _Commands(click.Group):
    """Knows the names and short helps of commands; imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"exporter.cli.{cmd_name.replace('-', '_')}").command
        command.name = cmd_name
        command.context_class = _CommandContext
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from exporter.findings import choice_hint

            ctx.fail(f"there is no command {args[0]!r} ({choice_hint(args[0], _COMMANDS)})")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from exporter.operations.doctor import program_version

        click.echo(f"exporter {program_version()}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="The version."
)
@click.option("--no-color", is_flag=True, help="No colours (so does the environment variable NO_COLOR).")
@click.option(
    "--config",
    metavar="FILE",
    help="Take defaults from this file. [default: exporter.toml, or [tool.exporter] in pyproject.toml, in the folder "
    "of the first input or one above]",
)
@click.option("--isolated", is_flag=True, help="Take no defaults from files.")
def program(no_color: bool, config: str | None, isolated: bool) -> None:
    """Structured-data export of financial filings: report items to JSON and XBRL, and back.

    \b
    A first look:
      exporter items                               what report items there are
      exporter validate report.yaml                is my file right?
      exporter export report.yaml -o build         the whole filing folder
      exporter facts build/iij-20050331.xbrl       what it says
      exporter convert report.xbrl -o report.json  XBRL 2.1 to xBRL-JSON

    Nothing is fetched from the network. Results go to standard output, all else to standard error.

    \b
    Exit codes:
      0  done, valid, or equal (warnings alone are 0)
      1  at least one error in a document, or differences
      2  the command could not do its work: usage, a file that is not there, an extra that is missing
      130, 143  ended by Ctrl-C or a signal (128 and its number): what was there before is there still
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code; never with a traceback unless ``EXPORTER_DEBUG`` is set."""
    # Most of what a command makes (facts, contexts, concepts) lives until its end, and hardly anything is cyclic:
    # looking for garbage after every 700 objects takes a sixth of the time of validating a large report.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION, 20, 50)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _open_output()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with termination_raised():
            code: Any = program.main(args=arguments, prog_name="exporter", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        return _usage(error, arguments)
    except (click.Abort, KeyboardInterrupt):
        return _ended("interrupted", _BY_SIGNAL + signal.SIGINT)
    except Terminated as termination:
        return _ended(f"ended by {termination}", _BY_SIGNAL + termination.number)
    except (BrokenPipeError, SystemExit):  # Click's way to end where nobody reads its help
        return _unheard()
    except OSError as error:  # help or a usage error that cannot be printed
        return _unprintable(error)
    except Exception as error:
        if os.environ.get("EXPORTER_DEBUG"):
            raise
        return _last_resort(error, arguments)


def _open_output() -> None:
    """Where standard output is closed, writing to it is an error, as for any program; what is for people is lost."""
    if sys.stdout is None:
        unwritable = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(unwritable), "utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the program runs


def _unheard() -> int:
    from exporter.cli.outcome import BROKEN_PIPE, discard_output

    return discard_output(BROKEN_PIPE)


def _unprintable(error: OSError) -> int:
    from exporter.cli.console import Screen
    from exporter.cli.outcome import discard_output, unprintable

    with suppress(OSError):
        Screen().findings([unprintable(error)])
    return discard_output(_FAILED)


def _ended(message: str, code: int) -> int:
    with suppress(OSError):  # the terminal may be gone
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    return code


def _usage(error: click.UsageError, arguments: Sequence[str]) -> int:
    from exporter.findings import Finding

    if not _print_error_record(Finding(code="exporter:usage", message=error.format_message()), arguments):
        try:
            error.show()
        except BrokenPipeError:
            return _unheard()
    return _FAILED


def _last_resort(error: Exception, arguments: Sequence[str]) -> int:
    from exporter.cli.console import Screen
    from exporter.cli.outcome import discard_output, unprintable
    from exporter.errors import internal_error

    if isinstance(error, OSError):  # of help or the version: a command takes care of its own
        Screen().findings([unprintable(error)])
        return discard_output(_FAILED)
    if not _print_error_record(internal_error(error), arguments):
        Screen().findings([internal_error(error)])
    return _FAILED


def _print_error_record(finding: Finding, arguments: Sequence[str]) -> bool:
    """Print the finding in the form for machines that the arguments ask for; false where they ask for none."""
    from exporter.cli.outcome import print_json, print_sarif

    if "--sarif" in arguments:
        print_sarif([finding], _FAILED)
    elif "--json" in arguments:
        print_json({"findings": [finding.as_dict()]})
    else:
        return False
    return True


if __name__ == "__main__":
    main()
