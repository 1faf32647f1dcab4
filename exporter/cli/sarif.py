"""Findings as a log of the Static Analysis Results Interchange Format (SARIF 2.1.0), which code reviews can show."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote

from exporter.codes import CODES
from exporter.findings import Finding, Location, Severity

SARIF_VERSION: Final = "2.1.0"
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT: Final = "%SRCROOT%"  # what relative addresses are relative to: the folder of the job
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_LINK: Final = re.compile(r"\](?=\()")
_SPECIFICATIONS: Final[Mapping[str, str]] = {
    "xbrl": "XBRL 2.1",
    "xbrldie": "Dimensions 1.0",
    "xbrldte": "Dimensions 1.0",
    "oime": "Open Information Model 1.0",
    "oimce": "OIM Common Definitions 1.0",
    "xbrlje": "xBRL-JSON 1.0",
    "xbrlxe": "xBRL-XML 1.0",
    "xbrlce": "xBRL-CSV 1.0",
    "ixe": "Inline XBRL 1.1",
    "calc11e": "Calculations 1.1",
    "enum2ie": "Extensible Enumerations 2.0",
    "enum2te": "Extensible Enumerations 2.0",
    "tpe": "Taxonomy Packages 1.0",
    "rpe": "Report Packages 1.0",
    "utre": "Unit Type Registry 1.0",
}


def sarif_log(
    findings: Iterable[Finding],
    *,
    tool_version: str,
    base: Path | None = None,
    notifications: Iterable[Finding] = (),
    exit_code: int | None = None,
) -> dict[str, Any]:
    """One run with a result for each finding, in order; the same findings give the same log.

    Args:
        tool_version: the version of this program.
        base: the folder that addresses are written relative to where they are below it; others become ``file:`` URIs.
            Left out, addresses stay as they are.
        notifications: findings that say why the work could not be done; they are no results.
        exit_code: how the program ended.
    """
    findings, notifications = tuple(findings), tuple(notifications)
    rules = sorted({finding.code for finding in (*findings, *notifications)})
    numbers = {code: number for number, code in enumerate(rules)}
    seen = Counter[str]()
    invocation: dict[str, Any] = {"executionSuccessful": not notifications}
    if exit_code is not None:
        invocation["exitCode"] = exit_code
    if notifications:
        invocation["toolExecutionNotifications"] = [
            _notification(notification, numbers, base) for notification in notifications
        ]
    run = {
        "tool": {"driver": {"name": "exporter", "version": tool_version, "rules": [_rule(code) for code in rules]}},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(reported, numbers, base, seen) for reported in findings],
    }
    return {"$schema": _SCHEMA, "version": SARIF_VERSION, "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    """What a code stands for: our own meaning, or the specification that has the code."""
    prefix, _, name = code.rpartition(":")
    words = [word for word in re.split(r"[^A-Za-z0-9]+", name) if word]
    meaning = CODES.get(code) or f"{name}: an error code of {_SPECIFICATIONS.get(prefix, prefix or 'the engine')}"
    return {
        "id": code,
        "name": "".join(word[0].upper() + word[1:] for word in words) or code,
        "shortDescription": {"text": meaning},
    }


def _result(finding: Finding, numbers: Mapping[str, int], base: Path | None, seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
    }
    location = _location(finding.location, base)
    if location:
        result["locations"] = [location]
    result["partialFingerprints"] = {"exporterFinding/v1": _fingerprint(finding, base, seen)}
    if finding.fix:
        result["properties"] = {"mend": finding.fix}
    return result


def _notification(finding: Finding, numbers: Mapping[str, int], base: Path | None) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "descriptor": {"id": finding.code, "index": numbers[finding.code]},
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
    }
    location = _location(finding.location, base)
    return notification | ({"locations": [location]} if location else {})


def _message(finding: Finding) -> str:
    """What is wrong, and the fix. A document must not bring links into it (SARIF 2.1.0 section 3.11.6)."""
    return _LINK.sub(r"\\]", f"{finding.message} ({finding.fix})" if finding.fix else finding.message)


def _location(location: Location, base: Path | None) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if location.file:
        physical: dict[str, Any] = {"artifactLocation": _artifact(location.file, base)}
        if location.line is not None and location.line > 0:
            physical["region"] = {"startLine": location.line}
            if location.column is not None and location.column > 0:
                physical["region"]["startColumn"] = location.column
        place["physicalLocation"] = physical
    logical = [
        {"fullyQualifiedName": name, "kind": kind}
        for kind, name in (
            ("item", location.item),
            ("fact", location.fact),
            ("cell", location.cell),
            ("value", location.pointer),
        )
        if name
    ]
    return place | ({"logicalLocations": logical} if logical else {})


def _artifact(file: str, base: Path | None) -> dict[str, str]:
    uri = _uri(file, base)
    return {"uri": uri} if _URL.match(uri) else {"uri": uri, "uriBaseId": _ROOT}


def _uri(file: str, base: Path | None) -> str:
    if _URL.match(file):
        return quote(file, safe=":/?#[]@!$&'()*+,;=%~")
    path = PurePath(file)
    if base is not None:
        whole = PurePath(posixpath.normpath((base / path).as_posix()))
        path = whole.relative_to(base) if whole.is_relative_to(base) else whole
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")


def _fingerprint(finding: Finding, base: Path | None, seen: Counter[str]) -> str:
    """The same for the same finding while the lines around it move; equal findings are numbered."""
    place = finding.location
    file = _uri(place.file, base) if place.file else ""
    parts = (finding.code, file, place.item or "", place.fact or "", place.cell or "", place.pointer or "")
    text = "\0".join((*parts, finding.message))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
