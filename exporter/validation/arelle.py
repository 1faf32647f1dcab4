"""The bridge to Arelle, an independent XBRL processor, for a second opinion (extra ``arelle``).

Arelle keeps global state and a cache of its own, so it runs in a process of its own, offline, with private
directories that are removed afterwards; nothing of the user's configuration is read or touched. Starting it
costs seconds: give several reports to one call.

What it finds offline: its wheel (2.47.3) carries the schemas of XBRL 2.1, Dimensions 1.0, references, Extensible
Enumerations 2.0, Calculations 1.1, Inline XBRL, the Data Type Registry (2020-01-21, 2022-03-31, 2024-01-31 and the
two of 2009), the Link Role Registry and the Unit Type Registry. Regulators' taxonomies it has none: facts whose
taxonomy is neither local nor in a package given are not loaded.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import unquote, urlsplit

from attrs import frozen

from exporter.errors import ExporterError, MissingExtraError, ReadError
from exporter.findings import Finding, Location, Severity, list_text
from exporter.resources.locks import private_folder

Calculations = Literal["round", "truncate", "xbrl21", "none"]
Entry = Path | str | Sequence[Path | str]

_CALCULATIONS: Final[Mapping[str, str]] = {"round": "c11r", "truncate": "c11t", "xbrl21": "c10", "none": "none"}
_PLUGINS: Final = ("loadFromOIM", "inlineXbrlDocumentSet")
_REGULATORS: Final[Mapping[str, tuple[str, str]]] = {
    "esef": ("validate/ESEF", "esef"),
    "edinet": ("validate/EDINET", "edinet"),
}
"""Plug-ins with rules of regulators that Arelle's wheel brings along, and the names of their rule sets."""
_PLUGIN_FAILURE: Final = "arelle:pluginLoadingError"
_ANSWER: Final = "answer.json"
_KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


@frozen(kw_only=True)
class ArelleVerdict:
    """What Arelle says of one report: its findings, and the facts it saw (only where they were asked for).

    A fact is ``{"concept", "value", "decimals", "unit", "entity", "period", "dimensions", "language", "id"}``: names in
    Clark notation, ``value`` ``None`` for a nil fact, ``unit`` numerators and denominators, ``period`` as in
    xBRL-JSON (``None``: forever), a typed dimension's value as ``{"typed": text}``.
    """

    path: str
    findings: tuple[Finding, ...]
    facts: tuple[dict[str, Any], ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether Arelle found no error."""
        return not any(finding.is_error for finding in self.findings)


def validate_with_arelle(
    paths: Iterable[Entry],
    *,
    packages: Iterable[Path | str] = (),
    calc: Calculations = "none",
    utr: bool = True,
    plugins: Iterable[str] = (),
    timeout: float = 600,
) -> list[Finding]:
    """The findings of Arelle on reports, taxonomies or packages, in its order.

    See `ask_arelle` for the arguments and errors.
    """
    verdicts = ask_arelle(paths, packages=packages, calc=calc, utr=utr, plugins=plugins, timeout=timeout)
    return [finding for verdict in verdicts for finding in verdict.findings]


def facts_seen_by_arelle(
    path: Entry, *, packages: Iterable[Path | str] = (), plugins: Iterable[str] = (), timeout: float = 600
) -> list[dict[str, Any]]:
    """The facts that Arelle loads from a report, whatever its syntax, sorted.

    See `ArelleVerdict` for their shape and `ask_arelle` for the arguments and errors.
    """
    (verdict,) = ask_arelle([path], packages=packages, facts=True, validate=False, plugins=plugins, timeout=timeout)
    return list(verdict.facts)


def ask_arelle(
    paths: Iterable[Entry],
    *,
    packages: Iterable[Path | str] = (),
    calc: Calculations = "none",
    utr: bool = True,
    facts: bool = False,
    validate: bool = True,
    plugins: Iterable[str] = (),
    timeout: float = 600,
) -> list[ArelleVerdict]:
    """One result for each report, all from one run.

    Args:
        paths: a file each, or the several files of one Inline XBRL document set.
        packages: taxonomy packages that map public URLs.
        calc: how to check calculations: by Calculations 1.1 in one of its modes, or by XBRL 2.1.
        utr: whether to check units by the Unit Type Registry.
        facts: whether to list the facts.
        validate: whether to validate, or only to load.
        plugins: further Arelle plug-ins: ``esef`` or ``edinet`` (rules of regulators that Arelle brings along), the
            name of another one, or the path of a file or folder.
        timeout: seconds for all reports together.

    Raises:
        MissingExtraError: Arelle is not installed.
        ReadError: a file is not there (``exporter:unreadableFile``).
        ExporterError: Arelle broke down or did not finish in time.
    """
    if importlib.util.find_spec("arelle") is None:
        raise MissingExtraError("arelle", "a second opinion from Arelle")
    entries = [[_existing(path) for path in _files(entry)] for entry in paths]
    if not entries:
        return []
    extra = tuple(plugins)
    job = {
        "entries": entries,
        "packages": [_existing(path) for path in packages],
        "calc": _CALCULATIONS[calc],
        "utr": utr,
        "facts": facts,
        "validate": validate,
        "plugins": [*_PLUGINS, *(_plugin(name) for name in extra)],
        "rules": next((_REGULATORS[name][1] for name in extra if name in _REGULATORS), None),
    }
    answers = _run(job, timeout)
    return [_decision(entry[0], answer) for entry, answer in zip(entries, answers, strict=True)]


def _plugin(name: str) -> str:
    """The name of a plug-in for Arelle: one of its own by name, any other by its absolute path."""
    if name in _REGULATORS:
        return _REGULATORS[name][0]
    path = Path(name)
    if path.exists():
        return str(path.absolute())
    if path.is_absolute() or path.suffix == ".py":
        _existing(name)
    return name


def _files(entry: Entry) -> Sequence[Path | str]:
    return [entry] if isinstance(entry, Path | str) else entry


def _existing(path: Path | str) -> str:
    absolute = Path(path).absolute()
    if not absolute.is_file():
        finding = Finding(
            code="exporter:unreadableFile",
            message="the file cannot be read: no such file",
            location=Location(file=str(path)),
            fix="check that the file is there and that you may read it",
        )
        raise ReadError(findings=[finding])
    return str(absolute)


def _run(job: Mapping[str, Any], timeout: float) -> list[dict[str, Any]]:
    with private_folder("arelle") as private:
        command = [sys.executable, "-P", "-m", "exporter.validation.arelle"]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=json.dumps({**job, "private": str(private)}).encode(),
                capture_output=True,
                cwd=private,
                env=_environment(private),
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ExporterError(f"Arelle did not finish within {timeout:g} seconds") from None
        answer = Path(private, _ANSWER)
        if done.returncode or not answer.is_file():
            last_words = done.stderr.decode(errors="replace").strip()[-2000:]
            raise ExporterError(f"Arelle broke down (exit code {done.returncode}): {last_words}")
        answers: list[dict[str, Any]] = json.loads(answer.read_bytes())
        return answers


def _environment(private: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    here = str(Path(__file__).resolve().parents[2])
    homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP"), str(private))
    return {**kept, **homes, "PYTHONPATH": here, "PYTHONIOENCODING": "utf-8"}


def _decision(path: str, answer: Mapping[str, Any]) -> ArelleVerdict:
    messages = [message for message in answer["messages"] if message["code"] not in ("", "info")]
    failures = dict.fromkeys(_first_words(entry) for entry in messages if entry["code"] == _PLUGIN_FAILURE)
    if failures:  # no rule of the plug-in was applied: other messages are not the result that was asked for
        raise ExporterError(f"Arelle cannot load a plug-in that was asked for: {list_text(failures)}")
    findings = tuple(_finding(path, message) for message in messages)
    return ArelleVerdict(path=path, findings=findings, facts=tuple(answer["facts"]))


def _first_words(message: Mapping[str, Any]) -> str:
    """What went wrong, without the trace."""
    return str(message["message"]).partition("Traceback")[0].strip()


def _finding(path: str, message: Mapping[str, Any]) -> Finding:
    refs = message["refs"]
    return Finding(
        code=message["code"],
        message=message["message"],
        severity=_severity(message["level"]),
        location=_location(path, refs[0]) if refs else Location(file=path),
    )


def _severity(level: str) -> Severity:
    level = level.lower()
    if level.startswith(("error", "critical", "inconsistency", "assertion-unsatisfied")):
        return Severity.ERROR
    return Severity.WARNING if level.startswith("warning") else Severity.INFO


def _location(path: str, ref: Mapping[str, Any]) -> Location:
    href, _, fragment = str(ref.get("href") or "").partition("#")
    line = str(ref.get("line") or "")
    return Location(
        file=_file(path, href),
        line=int(line) if line.isdecimal() and int(line) > 0 else None,
        fact=fragment if fragment and not fragment.startswith("element(") else None,
    )


def _file(path: str, href: str) -> str:
    if urlsplit(href).scheme in ("http", "https"):
        return href
    file = os.path.normpath(Path(path).parent / unquote(href))
    return file if href and Path(file).exists() else path  # a JSON report is given a made-up name by Arelle


# From here on the code runs in the process of its own; only there is Arelle imported.


def _work(job: dict[str, Any]) -> list[dict[str, Any]]:
    # Imported here: the extra is optional, and its global state must stay out of the caller's process.
    from arelle.api.Session import Session  # type: ignore[import-untyped,unused-ignore]
    from arelle.logging.handlers.StructuredMessageLogHandler import (  # type: ignore[import-untyped,unused-ignore]
        StructuredMessageLogHandler,
    )

    answers = []
    for entry in job["entries"]:
        handler = StructuredMessageLogHandler()
        with Session() as session:  # a session forgets its plug-ins after one run
            session.run(_options(job, entry), logHandler=handler)
            facts = [fact for model in session.get_models() for fact in _facts(model)] if job["facts"] else []
        facts.sort(key=lambda fact: json.dumps(fact, sort_keys=True))  # Arelle keeps them in a set
        answers.append({"messages": [_message(message) for message in handler.messages], "facts": facts})
    return answers


def _options(job: dict[str, Any], entry: list[str]) -> Any:
    from arelle.RuntimeOptions import RuntimeOptions  # type: ignore[import-untyped,unused-ignore]

    several = json.dumps([{"ixds": [{"file": file} for file in entry]}])
    return RuntimeOptions(
        entrypointFile=entry[0] if len(entry) == 1 else several,
        internetConnectivity="offline",
        cacheDirectory=str(Path(job["private"], "cache")),
        disablePersistentConfig=True,
        keepOpen=True,
        validate=job["validate"] or None,
        calcs=job["calc"],
        utrValidate=job["utr"] or None,
        packages=job["packages"] or None,
        plugins="|".join(job["plugins"]),
        disclosureSystemName=job["rules"],
        uiLang="en",
    )


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    refs = [{"href": ref.get("href"), "line": ref.get("sourceLine")} for ref in message["refs"] or ()]
    return {
        "code": str(message["messageCode"] or ""),
        "level": str(message["levelname"]),
        "message": str(message["msg"]),
        "refs": refs,
    }


def _facts(model: Any) -> Iterator[dict[str, Any]]:
    for fact in getattr(model, "factsInInstance", ()):
        if not fact.isItem or fact.concept is None or fact.context is None:
            continue
        yield {
            "id": fact.id,
            "concept": fact.qname.clarkNotation,
            "value": _value(fact),
            "decimals": fact.decimals,
            "unit": _unit(fact.unit),
            "entity": list(fact.context.entityIdentifier),
            "period": _period(fact.context),
            "dimensions": {
                name.clarkNotation: _member(value) for name, value in sorted(fact.context.qnameDims.items())
            },
            "language": fact.xmlLang if fact.concept.type is not None and fact.concept.type.isOimTextFactType else None,
        }


def _value(fact: Any) -> str | None:
    if fact.isNil:
        return None
    clark = getattr(getattr(fact, "xValue", None), "clarkNotation", None)
    return str(fact.value if clark is None else clark)


def _unit(unit: Any) -> list[list[str]] | None:
    return None if unit is None else [sorted(str(measure.clarkNotation) for measure in side) for side in unit.measures]


def _period(context: Any) -> str | None:
    if context.isForeverPeriod:
        return None
    end = str(context.endDatetime.isoformat())
    return end if context.isInstantPeriod else f"{context.startDatetime.isoformat()}/{end}"


def _member(value: Any) -> Any:
    if value.isExplicit:
        return value.memberQname.clarkNotation
    member = value.typedMember
    nil = member.get("{http://www.w3.org/2001/XMLSchema-instance}nil") in ("true", "1")
    return {"typed": None if nil else member.stringValue}


if __name__ == "__main__":
    _job = json.loads(sys.stdin.buffer.read())
    Path(_job["private"], _ANSWER).write_text(json.dumps(_work(_job)), encoding="utf-8")
