"""Report item classes made from a taxonomy package: a Python module, and the profile that goes with it."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from attrs import frozen

from exporter.errors import WriteError
from exporter.findings import Finding, Location, Severity
from exporter.items.generate.outline import ModuleOutline, derive_outline
from exporter.items.generate.source import write_module, write_profile
from exporter.operations.concepts import entry_documents, load_packaged_taxonomy
from exporter.packages.taxonomy_package import PackageMetadata, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.publishing import publish, staged


@frozen(kw_only=True)
class GeneratedItems:
    """What was written: the module, the profile beside it, and what is in them."""

    module: Path
    profile: Path
    outline: ModuleOutline
    findings: tuple[Finding, ...]

    @property
    def fields(self) -> int:
        """How many fields the classes have together."""
        return sum(len(cls.fields) for cls in self.outline.classes)


def generate_items(
    package: Path | str,
    target: Path | str,
    *,
    entry_point: str | None = None,
    roles: Sequence[str] = (),
    concepts: Sequence[str] = (),
    split_periods: bool = False,
    packages: Iterable[Path | str] = (),
    limits: Limits = DEFAULT_LIMITS,
    warn: Callable[[Finding], None] = lambda finding: None,
) -> GeneratedItems:
    """Write a module of report item classes for the concepts of a taxonomy, and the profile that binds them to it.

    There is a class for each link role of the presentation, with a field for each of its line items and a dimension for
    each of its axes. The same package gives the same bytes.

    Args:
        package: the taxonomy package, a zip file.
        target: the module, a ``.py`` file; the profile gets its name with ``.toml``.
        entry_point: a URL or name in the package; left out, all of them.
        roles: patterns (``*``, ``?``) of role URIs or their definitions.
        concepts: patterns of names of concepts.
        split_periods: whether instants and durations of one role go to two classes; else instants are reported at the
            end of an item's duration.
        packages: others that the taxonomy builds on.
        limits: what to accept.
        warn: takes ``exporter:taxonomyNotAtHand`` for what is not available.

    Raises:
        TaxonomyError: the taxonomy is broken, or there is no such entry point.
        PackageError: a package is unsafe or none.
        WriteError: ``target`` is no name for a module, or nothing fits the patterns.
    """
    target = Path(target)
    _check_name(target)
    with read_taxonomy_package(Path(package), limits) as opened:
        title = _title(opened.metadata)
        own_schema = entry_documents(opened, entry_point)[0]
    taxonomy = load_packaged_taxonomy(package, entry_point=entry_point, packages=packages, limits=limits, warn=warn)
    outline = derive_outline(taxonomy, roles=roles, concepts=concepts, split_periods=split_periods)
    if not outline.classes:
        raise _refusal("exporter:nothingFits", "no role or concept of the taxonomy fits", "widen the patterns", target)
    profile = target.with_suffix(".toml")
    with staged(target.parent) as staging:
        for name, text in (
            (profile.name, write_profile(outline, title=title, package=title, own_schema=own_schema)),
            (target.name, write_module(outline, profile_name=profile.name, source=title)),
        ):
            (staging.files / name).write_bytes(text.encode("utf-8"))
        publish(staging)
    return GeneratedItems(module=target, profile=profile, outline=outline, findings=_left_out(outline, package))


def _check_name(target: Path) -> None:
    if target.suffix != ".py" or not target.stem.isidentifier() or keyword.iskeyword(target.stem):
        message = f"{target.name!r} is no name for a module"
        raise _refusal("exporter:usage", message, "give it letters, digits, underscores and the ending .py", target)


def _title(metadata: PackageMetadata) -> str:
    name = metadata.names.get("en") or next(iter(metadata.names.values()), metadata.identifier)
    return " ".join(f"{name} {metadata.version or ''}".split())


def _left_out(outline: ModuleOutline, package: Path | str) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="exporter:conceptLeftOut",
            message=f"{len(names)} concepts are in no class for {reason}, such as {names[0].local_name}",
            severity=Severity.INFO,
            location=Location(file=str(package)),
        )
        for reason, names in sorted(outline.left_out.items())
    )


def _refusal(code: str, message: str, fix: str, target: Path) -> WriteError:
    return WriteError(findings=[Finding(code=code, message=message, location=Location(file=str(target)), fix=fix)])
