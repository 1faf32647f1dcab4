"""How a command ends: findings and results printed once, and one exit code.

0: done, valid, equal; warnings alone are 0. 1: at least one error finding, or differences. 2: the command could not do
its work.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec

import click
from attrs import define, field

from exporter.cli.console import Screen, summary
from exporter.errors import ExporterError, MissingExtraError, internal_error, unwritable
from exporter.findings import Finding, Location, Severity, has_errors

if TYPE_CHECKING:
    from exporter.operations.observe import Timings

DONE: Final = 0
HAS_ERRORS: Final = 1
FAILED: Final = 2
BROKEN_PIPE: Final = 141
# Findings that say that the work could not be done, not that a document is wrong.
_PREVENTING: Final = frozenset(
    f"exporter:{name}"
    for name in (
        *(
            "unreadableFile",
            "unwritableFile",
            "folderInUse",
            "unknownFormat",
            "extraMissing",
            "moduleNotImported",
            "usage",
            "invalidSettings",
        ),
        *("engineFailed", "workerLost", "internalError", "invalidRules", "unknownProfile", "unknownRelease"),
    )
)
_NOT_AT_HAND: Final = "exporter:taxonomyNotAtHand"
_P = ParamSpec("_P")


class StopCommandError(Exception):
    """The command cannot go on; its findings are in the `Run`."""


@define(eq=False)
class Run:
    """One run of a command: the options of its output, its findings and its results.

    ``result`` holds what ``--json`` prints beside the findings; an iterator in it is printed as an array, piece by
    piece. ``as_sarif`` prints the findings alone, in SARIF; a command takes it for ``as_json``, which is set too. With
    ``--strict``, warnings count as errors. ``differs`` is set by a comparison that found differences. ``closing`` is
    the last line for people, or the last lines, in place of the count of findings.
    """

    screen: Screen = field(factory=Screen)
    as_json: bool = False
    verbose: bool = False
    strict: bool = False
    findings_are_results: bool = False
    differs: bool = False
    closing: str | None = None
    findings: list[Finding] = field(factory=list)
    result: dict[str, Any] = field(factory=dict)
    as_sarif: bool = False
    timings: Timings | None = None
    log_file: Path | None = None
    log_level: str = "debug"

    def warn(self, finding: Finding) -> None:
        """Take a finding that does not stop the work."""
        self.findings.append(finding)

    def refuse(self, code: str, message: str, *, fix: str | None = None, file: str | None = None) -> StopCommandError:
        """Note why the command cannot go on; raise what is returned."""
        self.findings.append(Finding(code=code, message=message, location=Location(file=file), fix=fix))
        return StopCommandError()

    def take(self, error: ExporterError) -> None:
        """Take the findings of an exception, or make one of it."""
        self.findings += findings_of(error)

    @property
    def exit_code(self) -> int:
        if any(finding.is_error and finding.code in _PREVENTING for finding in self.findings):
            return FAILED
        if has_errors(self.findings) or (self.strict and any(_is_warning(finding) for finding in self.findings)):
            return HAS_ERRORS
        return HAS_ERRORS if self.differs else DONE

    @contextmanager
    def observed(self) -> Iterator[None]:
        """Take the times of stages, and write the log, where the options ask for them."""
        if self.timings is None and self.log_file is None:
            yield
            return
        # Imported on use: few runs are looked on.
        from exporter.operations.observe import log_findings, logged_to, observed

        with nullcontext() if self.log_file is None else logged_to(self.log_file, self.log_level):
            try:
                with observed(*(() if self.timings is None else (self.timings,))):
                    yield
            except ExporterError as error:
                log_findings((*self.findings, *findings_of(error)) if self.log_file is not None else ())
                raise
            log_findings(self.findings if self.log_file is not None else ())
        if self.timings is not None:
            self.result["timings"] = [timed.as_dict() for timed in self.timings.stages]
            if not self.as_json:
                sys.stderr.write(f"{self.timings.table()}\n")

    def finish(self) -> int:
        """Print the findings, with ``--json`` the results too, and return the exit code."""
        if self.as_sarif:
            print_sarif(self.findings, self.exit_code)
        elif self.as_json:
            print_json({"findings": [finding.as_dict() for finding in self.findings], **self.result})
        else:
            self._print_findings()
        sys.stdout.flush()
        return self.exit_code

    def _print_findings(self) -> None:
        reported = [finding for finding in self.findings if finding.is_error or not self.screen.quiet or self.exit_code]
        reported = reported if self.verbose else with_absent_taxonomies_counted(reported)
        self.screen.findings(reported, to_results=self.findings_are_results)
        if self.closing is not None or reported:
            for line in (self.closing or summary(reported)).splitlines():
                self.screen.note(line)


def with_absent_taxonomies_counted(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with one line for all warnings of public taxonomies that are not available, where there are several.

    Each names the documents of a taxonomy at length, and a second report of the same repeats them all.
    """
    absent = [finding for finding in findings if finding.code == _NOT_AT_HAND and _is_warning(finding)]
    if len(absent) < 2:
        return list(findings)
    number = len({finding.message for finding in absent})
    what = "1 public taxonomy is" if number == 1 else f"{number:,} public taxonomies are"
    counted = Finding(
        code=_NOT_AT_HAND,
        message=f"{what} not available: the types and relationships declared there are not known",
        severity=Severity.WARNING,
        location=absent[0].location,
        fix="give packages with --taxonomy-package, or --online; --verbose names what is needed",
    )
    kept = [finding for finding in findings if finding is absent[0] or finding not in absent]
    return [counted if finding is absent[0] else finding for finding in kept]


def _is_warning(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


def findings_of(error: ExporterError) -> tuple[Finding, ...]:
    """The findings of an exception, or one made of its message."""
    if error.findings:
        return error.findings
    if isinstance(error, MissingExtraError):
        message, _, fix = str(error).partition(": ")
        return (Finding(code="exporter:extraMissing", message=message, fix=fix or None),)
    return (Finding(code="exporter:engineFailed", message=str(error) or type(error).__name__),)


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output; iterators in it are printed as arrays without being held."""
    encoder = json.JSONEncoder(ensure_ascii=not _prints_utf8())
    glue = "{"
    for name, value in document.items():
        sys.stdout.write(f"{glue}{encoder.encode(name)}: ")
        glue = ",\n "
        if isinstance(value, Iterator | list):
            sys.stdout.writelines(_array(encoder, iter(value)))
        else:
            sys.stdout.write(encoder.encode(value))
    sys.stdout.write("}\n")


def print_sarif(findings: Iterable[Finding], exit_code: int) -> None:
    """The findings in SARIF 2.1.0 on standard output; what prevented the work is no result but a notification."""
    from exporter.cli.sarif import sarif_log
    from exporter.operations.doctor import program_version

    findings = tuple(findings)
    log = sarif_log(
        (finding for finding in findings if finding.code not in _PREVENTING),
        notifications=(finding for finding in findings if finding.code in _PREVENTING),
        tool_version=program_version(),
        base=Path.cwd(),
        exit_code=exit_code,
    )
    sys.stdout.write(json.dumps(log, ensure_ascii=not _prints_utf8(), indent=2) + "\n")


def _prints_utf8() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"


def _array(encoder: json.JSONEncoder, values: Iterator[Any]) -> Iterator[str]:
    glue = "["
    for value in values:
        yield f"{glue}\n  {encoder.encode(value)}"
        glue = ","
    yield "[]" if glue == "[" else "\n ]"


def command_body(body: Callable[Concatenate[Run, _P], None]) -> Callable[_P, None]:
    """Give a command its `Run`, and end it: whatever happens becomes findings and an exit code.

    Takes the options of `exporter.cli.arguments.output_options` from the arguments.
    """

    @wraps(body)
    def command(*args: _P.args, **kwargs: _P.kwargs) -> None:
        run = _run_of(kwargs)
        code = FAILED
        try:
            try:
                if "exporter.cli.settings" in click.get_current_context().meta:
                    # Imported on use: most commands run where no defaults are.
                    from exporter.cli.settings import take_settings

                    run.findings += take_settings(kwargs)
                    if has_errors(run.findings):
                        raise StopCommandError
                with run.observed():
                    body(run, *args, **kwargs)
            except StopCommandError:
                pass
            except BrokenPipeError:
                raise
            except ExporterError as error:
                run.take(error)
            except OSError as error:
                run.findings.append(unwritable(error))
            except Exception as error:
                if os.environ.get("EXPORTER_DEBUG"):
                    raise
                run.findings.append(internal_error(error))
            code = run.finish()
        except BrokenPipeError:
            code = discard_output(BROKEN_PIPE)
        except OSError as error:  # the findings cannot be printed
            if run.exit_code != FAILED:
                Screen().findings([unprintable(error)])
            code = discard_output(FAILED)
        click.get_current_context().exit(code)

    return command


def _run_of(options: dict[str, Any]) -> Run:
    color = (
        False
        if options.pop("no_color", False) or click.get_current_context().find_root().params.get("no_color")
        else None
    )
    as_sarif = options.pop("as_sarif", False)
    as_json = options.pop("as_json", False)
    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif are two forms of one output: give one of them")
    screen = Screen(quiet=options.pop("quiet", False) or as_json or as_sarif, color=color)
    verbose = options.pop("verbose", False)
    run = Run(screen=screen, as_json=as_json or as_sarif, as_sarif=as_sarif, verbose=verbose)
    log_file, log_level = options.pop("log_file", None), options.pop("log_level", None)
    run.log_file = Path("-") if log_file is None and log_level is not None else log_file
    run.log_level = log_level or run.log_level
    if options.pop("timings", False):
        from exporter.operations.observe import Timings

        run.timings = Timings()
    return run


def unprintable(error: OSError) -> Finding:
    """The finding for results that cannot be written to standard output."""
    return Finding(
        code="exporter:unwritableFile",
        message=f"standard output cannot be written: {error.strerror or error}",
        fix="check where the output goes, and the space on the disk",
    )


def discard_output(code: int) -> int:
    """Nobody takes what is still to be written: keep the interpreter from complaining about it when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except (OSError, ValueError):
            continue
    return code
