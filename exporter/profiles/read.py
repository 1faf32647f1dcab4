"""Reading profiles: those of this package by name, others from a file, every fault told.

A profile is a TOML file. It may extend another one and then says only what differs.

Which profile a report was made with, told by the standard concepts it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import evolve, fields_dict

from exporter.errors import ProfileError, ReadError
from exporter.findings import MOST_CHOICES, Finding, Location, choice_hint, list_text
from exporter.profiles.profile import (
    EXTENSION_ONLY,
    Binding,
    BindingKey,
    ContextName,
    DocumentRules,
    ExtensionRules,
    Gap,
    LabelRules,
    Profile,
    ProfileAxis,
    ProfileConcept,
    Registry,
    StandardConcept,
    StandardTaxonomy,
)
from exporter.profiles.toml import Source, Tree, TreeReader

PROFILES: Final = (EXTENSION_ONLY, "sec-us-gaap", "sec-ifrs", "edinet")
"""The profiles of this package."""

_TOP: Final = (
    *("name", "extends", "title", "regulator", "release", "releases", "taxonomies", "concepts"),
    *("bindings", "axes", "parts", "document"),
)
_MOST_EXTENSIONS: Final = 8
_LARGEST: Final = 4 * 1024**2
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*:[A-Za-z_][A-Za-z0-9_.-]*")


def load_profile(source: str | Path | Profile, *, release: str | None = None, folder: Path | None = None) -> Profile:
    """A profile by its name (`exporter.profiles.read.PROFILES`) or from a file.

    Args:
        source: a name, the path of a TOML file, or a profile, which is returned as it is.
        release: the edition of the standard taxonomies, one of the profile's ``releases``; its usual one by default.
        folder: what a relative path is relative to; the current folder by default.

    Raises:
        ProfileError: there is no such profile, or it has no such release.
        ReadError: the file is at fault, with every finding.
    """
    if isinstance(source, Profile):
        if release in (None, source.release):
            return source
        source = source.source
    if str(source) in PROFILES:
        return _packaged(str(source), release)
    path = Path(source)
    if path.suffix != ".toml":
        raise ProfileError(findings=[_no_profile(str(source))])
    made = _Build(_source_of(folder / path if folder else path)).profile(release, name=path.stem)
    return evolve(made, source=str(source))


@cache
def _packaged(name: str, release: str | None) -> Profile:
    return _Build(Source(f"{name}.toml", _packaged_text(name), Path())).profile(release, name=name)


def _packaged_text(name: str) -> str:
    # Imported on use: it takes as long to import as all the rest.
    from importlib.resources import files

    return (files("exporter.profiles") / "data" / f"{name}.toml").read_text(encoding="utf-8")


def _source_of(path: Path) -> Source:
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise ReadError(findings=[_unreadable(path, error.strerror or str(error))]) from error
    if data is None:
        raise ReadError(findings=[_unreadable(path, f"it is larger than {_LARGEST} bytes")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(findings=[_unreadable(path, "it is no UTF-8")]) from error
    return Source(str(path), text, path.parent)


def _no_profile(name: str) -> Finding:
    return Finding(
        code="exporter:unknownProfile",
        message=f"no profile is called {name!r}",
        fix=choice_hint(name, PROFILES, f"choose among {list_text(PROFILES)}, or give the path of a .toml file"),
    )


def _unreadable(path: Path, reason: str) -> Finding:
    return Finding(
        code="exporter:unreadableFile",
        message=f"the profile cannot be read: {reason}",
        location=Location(file=str(path)),
        fix="check the name and the permissions",
    )


class _Build(TreeReader):
    """Makes a profile of a file and those it extends; gathers what is wrong."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._variables: dict[str, str] = {}
        self._prefixes: set[str] = set()
        self._concepts: dict[str, StandardConcept] = {}

    def profile(self, release: str | None, *, name: str) -> Profile:
        tree = self._extended(self.source.tree, self.source.folder, 0)
        self.known(tree, "", _TOP)
        releases = self._releases(tree)
        release = release or self.text(tree, "", "release") or (next(iter(releases)) if releases else None)
        if release is not None and release not in releases:
            self._stop()
            raise ProfileError(findings=[_no_release(name, release, tuple(releases))])
        self._variables = releases.get(release or "", {})
        taxonomies = self._taxonomies(tree)
        self._prefixes = set(taxonomies)
        self._concepts = self._all_concepts(tree)
        made = Profile(
            name=self.text(tree, "", "name") or name,
            title=self.text(tree, "", "title", required=True) or name,
            regulator=self.text(tree, "", "regulator"),
            release=release,
            releases=tuple(releases),
            taxonomies=taxonomies,
            concepts=self._concepts,
            bindings=self._entries(tree, "bindings", self._binding),
            axes=self._entries(tree, "axes", self._axis),
            parts=self.strings(tree, "", "parts"),
            document=self._document(self.table(tree, "", "document")),
        )
        self._stop()
        return made

    def _stop(self) -> None:
        if self.findings:
            raise ReadError(findings=self.findings)

    # --- extending ---------------------------------------------------------------------------------------------------

    def _extended(self, tree: Tree, folder: Path, depth: int) -> Tree:
        base = tree.get("extends")
        if base is None:
            return tree
        if depth >= _MOST_EXTENSIONS:
            message = f"the profiles extend each other in a circle, or more than {_MOST_EXTENSIONS} deep, at {base!r}"
            self.fault("/extends", "exporter:invalidValue", message)
            self._stop()
        if not isinstance(base, str):
            self.fault(
                "/extends", "exporter:invalidValue", f"a profile extends one other by name or path, got {base!r}"
            )
            self._stop()
        if base in PROFILES:
            below = Source(f"{base}.toml", _packaged_text(base), Path())
        elif base.endswith(".toml"):
            below = _source_of(folder / base)
        else:
            raise ReadError(findings=[_no_profile(base).at(file=self.source.name, pointer="/extends")])
        return _merged(self._extended(below.tree, below.folder, depth + 1), tree)

    def _filled(self, node: Tree, pointer: str, name: str) -> str:
        """A required text with the variables of the release in it."""
        text = self.text(node, pointer, name, required=True) or ""
        try:
            return text.format_map(self._variables)
        except (KeyError, ValueError, IndexError) as error:
            known = list_text(self._variables) or "none"
            message = f"{name} names a variable that the release does not give: {error}; it gives {known}"
            self.fault(f"{pointer}/{name}", "exporter:invalidValue", message)
            return text

    # --- taxonomies and concepts -------------------------------------------------------------------------------------

    def _releases(self, tree: Tree) -> dict[str, dict[str, str]]:
        table = self.table(tree, "", "releases")
        return {name: {"release": name, **self.strings(table, "/releases", name)} for name in table}

    def _taxonomies(self, tree: Tree) -> dict[str, StandardTaxonomy]:
        table, found = self.table(tree, "", "taxonomies"), {}
        for prefix in table:
            node, pointer = self.table(table, "/taxonomies", prefix), f"/taxonomies/{prefix}"
            self.known(node, pointer, ("namespace", "schema", "package", "obtain"))
            obtain = "obtain" in node
            found[prefix] = StandardTaxonomy(
                prefix=prefix,
                namespace=self._filled(node, pointer, "namespace"),
                schema=self._filled(node, pointer, "schema"),
                package=self._filled(node, pointer, "package"),
                obtain=self._filled(node, pointer, "obtain") if obtain else None,
            )
        return found

    def _all_concepts(self, tree: Tree) -> dict[str, StandardConcept]:
        table, found = self.table(tree, "", "concepts"), {}
        for prefix in table:
            if prefix not in self._prefixes:
                self.fault(f"/concepts/{prefix}", "exporter:invalidValue", f"no taxonomy has the prefix {prefix}")
            names = self.table(table, "/concepts", prefix)
            for name in names:
                concept = self._concept(names, f"/concepts/{prefix}", prefix, name)
                found[str(concept)] = concept
        return found

    def _concept(self, names: Tree, above: str, prefix: str, name: str) -> StandardConcept:
        node, pointer = self.table(names, above, name), f"{above}/{name}"
        self.known(node, pointer, ("type", "own_type", "period", "balance", "verified", "remark"))
        verified, remark = self.flag(node, pointer, "verified", False), self.text(node, pointer, "remark")
        if not verified and remark is None:
            message = f"{prefix}:{name} is not verified: a remark has to say what is not known of it"
            self.fault(pointer, "exporter:missingField", message, fix="add remark, or verified = true")
        return StandardConcept(
            prefix=prefix,
            local_name=name,
            item_type=self.text(node, pointer, "type", required=True) or "stringItemType",
            period_type=self.text(node, pointer, "period", required=True) or "duration",  # type: ignore[arg-type]
            balance=self.text(node, pointer, "balance"),  # type: ignore[arg-type]
            verified=verified,
            remark=remark,
            own_type=self.text(node, pointer, "own_type"),
        )

    def _standard(self, text: str | None, pointer: str) -> StandardConcept | None:
        if text is not None and text in self._concepts:
            return self._concepts[text]
        if text is not None:
            message = f"{text} is not among the profile's concepts"
            self.fault(pointer, "exporter:invalidValue", message, fix="describe it under concepts")
        return None

    def _qualified(self, text: str, pointer: str) -> str:
        if not _NAME.fullmatch(text) or text.partition(":")[0] not in self._prefixes:
            message = f"expected a name of one of the profile's taxonomies (prefix:name), got {text!r}"
            self.fault(pointer, "exporter:invalidValue", message)
        return text

    # --- bindings and axes -------------------------------------------------------------------------------------------

    def _entries(self, tree: Tree, name: str, make: Callable[[Tree, str], Any]) -> dict[BindingKey, Any]:
        table, found = self.table(tree, "", name), {}
        for item in table:
            entries = self.table(table, f"/{name}", item)
            for key in entries:
                pointer = f"/{name}/{item}/{key}"
                node = self.table(entries, f"/{name}/{item}", key)
                if (made := make(node, pointer)) is not None:
                    found[item, key] = made
        return found

    def _gap(self, node: Tree, pointer: str) -> Gap:
        self.known(node, pointer, ("gap", "name"))
        return Gap(reason=self.text(node, pointer, "gap") or "", name=self.text(node, pointer, "name"))

    def _binding(self, node: Tree, pointer: str) -> Binding | None:
        if "gap" in node:
            return self._gap(node, pointer)
        self.known(node, pointer, ("concept", "sign", "unit", "values", "pattern", "dimensions"))
        concept = self._standard(self.text(node, pointer, "concept", required=True), f"{pointer}/concept")
        if concept is None:
            return None
        dimensions = self.strings(node, pointer, "dimensions")
        for axis, member in dimensions.items():
            self._qualified(axis, f"{pointer}/dimensions")
            self._qualified(member, f"{pointer}/dimensions/{axis}")
        return ProfileConcept(
            concept=concept,
            sign=self.text(node, pointer, "sign") or "as_stated",  # type: ignore[arg-type]
            unit=self.text(node, pointer, "unit") or "item",  # type: ignore[arg-type]
            values=self.strings(node, pointer, "values"),
            pattern=self.pattern(node, pointer, "pattern"),
            dimensions=tuple(dimensions.items()),
        )

    def _axis(self, node: Tree, pointer: str) -> ProfileAxis | Gap | None:
        if "gap" in node:
            return self._gap(node, pointer)
        self.known(
            node, pointer, ("axis", "members", "default", "typed_domain", "ranked", "name", "verified", "remark")
        )
        axis = self.text(node, pointer, "axis", required=True)
        if axis is None:
            return None
        members = self.strings(node, pointer, "members")
        default, typed = self.text(node, pointer, "default"), self.text(node, pointer, "typed_domain")
        ranked = self.texts(node, pointer, "ranked")
        for name in (axis, *members.values(), *ranked, *filter(None, (default, typed))):
            self._qualified(name, pointer)
        named = self.text(node, pointer, "name")
        return ProfileAxis(
            axis=axis,
            members=members,
            default=default,
            typed_domain=typed,
            ranked=ranked,
            name_concept=self._standard(named, f"{pointer}/name"),
            verified=self.flag(node, pointer, "verified", False),
            remark=self.text(node, pointer, "remark"),
        )

    # --- the document ------------------------------------------------------------------------------------------------

    def _document(self, node: Tree) -> DocumentRules:
        pointer = "/document"
        self.known(node, pointer, tuple(fields_dict(DocumentRules)))
        values = dict(self._values(node, pointer, DocumentRules, patterns=("file_name", "context_id")))
        registries = node.get("registries", [])
        if not isinstance(registries, list) or not all(isinstance(each, dict) for each in registries):
            self.fault(f"{pointer}/registries", "exporter:wrongShape", "registries is an array of tables")
            registries = []
        values["registries"] = [self._registry(registry, f"{pointer}/registries") for registry in registries]
        if re.search(r"[/\\]", str(values.get("page_file", ""))):
            self.fault(f"{pointer}/page_file", "exporter:invalidValue", "page_file is the name of a file, no path")
        names = node.get("context_names", [])
        if not isinstance(names, list) or not all(isinstance(each, dict) for each in names):
            self.fault(f"{pointer}/context_names", "exporter:wrongShape", "context_names is an array of tables")
            names = []
        found = (self._context_name(name, f"{pointer}/context_names") for name in names)
        values["context_names"] = [each for each in found if each is not None]
        values["extension"] = self._extension(self.table(node, pointer, "extension"))
        values["labels"] = self._labels(self.table(node, pointer, "labels"))
        return DocumentRules(**values)

    def _registry(self, node: Tree, pointer: str) -> Registry:
        self.known(node, pointer, ("prefix", "namespace"))
        prefix = self.text(node, pointer, "prefix", required=True)
        return Registry(prefix=prefix or "", namespace=self.text(node, pointer, "namespace", required=True) or "")

    def _context_name(self, node: Tree, pointer: str) -> ContextName | None:
        self.known(node, pointer, tuple(fields_dict(ContextName)))
        current = self.text(node, pointer, "current", required=True)
        prior = self.text(node, pointer, "prior", required=True)
        months, at_end = node.get("months"), self.flag(node, pointer, "at_end", False)
        if not isinstance(months, int) or isinstance(months, bool) or months < 1:
            self.fault(f"{pointer}/months", "exporter:wrongShape", f"months is a number of months, got {months!r}")
        elif prior is not None and "{years}" not in prior:
            message = f"prior has {{years}} in it, which tells the years apart, got {prior!r}"
            self.fault(f"{pointer}/prior", "exporter:invalidValue", message)
        elif current is not None and prior is not None:
            return ContextName(months=months, current=current, prior=prior, at_end=at_end)
        return None

    def _extension(self, node: Tree) -> ExtensionRules:
        pointer, patterns = "/document/extension", ("namespace", "prefix", "name", "schema_file", "role")
        self.known(node, pointer, tuple(fields_dict(ExtensionRules)))
        return ExtensionRules(
            **dict(self._values(node, pointer, ExtensionRules, patterns=(*patterns, "role_definition")))
        )

    def _labels(self, node: Tree) -> LabelRules:
        pointer = "/document/labels"
        self.known(node, pointer, tuple(fields_dict(LabelRules)))
        return LabelRules(**dict(self._values(node, pointer, LabelRules)))

    def _values(
        self, node: Tree, pointer: str, kind: type[Any], patterns: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Any]]:
        """The plain values of a table that become attributes of ``kind``, by the types these have."""
        for name, attribute in fields_dict(kind).items():
            if name not in node or name in ("registries", "context_names", "extension", "labels"):
                continue
            declared = str(attribute.type)
            if declared == "bool":
                yield name, self.flag(node, pointer, name, False)
            elif declared.startswith("int"):
                if not isinstance(node[name], int) or isinstance(node[name], bool):
                    self.fault(f"{pointer}/{name}", "exporter:wrongShape", f"{name} is a whole number")
                else:
                    yield name, node[name]
            elif declared.startswith("tuple"):
                yield name, self.texts(node, pointer, name)
            elif declared.startswith("Mapping"):
                yield name, self.strings(node, pointer, name)
            elif (text := (self.pattern if name in patterns else self.text)(node, pointer, name)) is not None:
                yield name, text


def _merged(below: Tree, above: Tree) -> Tree:
    """``above`` over ``below``, table by table; what an entry says of a field replaces all that was said of it."""
    found = dict(below)
    for key, value in above.items():
        is_entry = isinstance(value, dict) and ({"gap", "concept", "axis"} & value.keys())
        if isinstance(value, dict) and isinstance(found.get(key), dict) and not is_entry:
            found[key] = _merged(found[key], value)
        else:
            found[key] = value
    for key in ("name", "extends"):
        if key not in above:
            found.pop(key, None)
    return found


def _no_release(name: str, release: str | None, releases: tuple[str, ...]) -> Finding:
    return Finding(
        code="exporter:unknownRelease",
        message=f"the profile {name} has no release {release!r}",
        fix=f"choose among {list_text(releases, most=MOST_CHOICES)}"
        if releases
        else "leave the release out: the profile has none",
    )


def detect_profile(concepts: Mapping[str, Iterable[str]]) -> Profile | None:
    """The profile of this package, in any release, whose concepts a report has most of.

    ``concepts`` holds local names by namespace. Of several that have as many the first is taken; ``None`` where no
    concept is of a standard taxonomy that a profile knows.
    """
    best: tuple[int, Profile] | None = None
    for profile in _candidates(concepts):
        count = sum(_is_reported(name, profile, concepts) for name in profile.concepts)
        if count and (best is None or count > best[0]):
            best = (count, profile)
    return best[1] if best else None


def _candidates(concepts: Mapping[str, Iterable[str]]) -> Iterator[Profile]:
    for name in PROFILES:
        for release in load_profile(name).releases:
            profile = load_profile(name, release=release)
            if any(taxonomy.namespace in concepts for taxonomy in profile.taxonomies.values()):
                yield profile


def _is_reported(name: str, profile: Profile, concepts: Mapping[str, Iterable[str]]) -> bool:
    found = profile.qname(name)
    return found.local_name in concepts.get(found.namespace, ())
