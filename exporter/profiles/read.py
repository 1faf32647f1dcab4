"""Reads profiles: those of this package by name, others from a file; finds the profile of a report by its concepts.

A profile is a TOML file. It may extend another one and then says only what differs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from exporter.errors import ProfileError, ReadError
from exporter.findings import MOST_CHOICES, Finding, Location, choice_hint, list_text
from exporter.profiles import PROFILES as PROFILES
from exporter.profiles.profile import (
    Audience,
    BindingKey,
    DocumentRules,
    Gap,
    Profile,
    ProfileAxis,
    ProfileBinding,
    ProfileConcept,
    StandardConcept,
    StandardTaxonomy,
)
from exporter.profiles.toml import TableReader, TomlFile, Tree

_TOP: Final = (
    *("name", "extends", "title", "regulator", "release", "releases", "taxonomies", "concepts"),
    *("bindings", "axes", "parts", "headings", "names", "audience", "audiences", "document"),
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
        ReadError: the file is invalid, with every finding.
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
    profile = _ProfileReader(_source_of(folder / path if folder else path)).profile(release, name=path.stem)
    return evolve(profile, source=str(source))


@cache
def _packaged(name: str, release: str | None) -> Profile:
    return _ProfileReader(TomlFile(f"{name}.toml", _packaged_text(name), Path())).profile(release, name=name)


def _packaged_text(name: str) -> str:
    # Imported on use: it takes as long to import as all the rest.
    from importlib.resources import files

    return (files("exporter.profiles") / "data" / f"{name}.toml").read_text(encoding="utf-8")


def _source_of(path: Path) -> TomlFile:
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
    return TomlFile(str(path), text, path.parent)


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


class _ProfileReader(TableReader):
    """Makes a profile of a file and those that it extends."""

    def __init__(self, source: TomlFile) -> None:
        super().__init__(source)
        self._variables: dict[str, str] = {}
        self._prefixes: set[str] = set()
        self._concepts: dict[str, StandardConcept | None] = {}

    def profile(self, release: str | None, *, name: str) -> Profile:
        tree = self._extended(self.source.tree, self.source.folder, 0)
        self.check_keys(tree, "", _TOP)
        tree = _merged(tomllib.loads(_packaged_text("audiences")), tree)
        releases = self.value(tree.get("releases", {}), "/releases", Mapping[str, Mapping[str, str]]) or {}
        release = release or self._text(tree, "", "release") or next(iter(releases), None)
        if release is not None and release not in releases:
            self.log.raise_as(ReadError)
            raise ProfileError(findings=[_no_release(name, release, tuple(releases))])
        self._variables = {"release": release, **releases[release]} if release is not None else {}
        taxonomies = self._taxonomies(tree)
        self._prefixes = set(self.table(tree, "", "taxonomies"))
        self._concepts = self._all_concepts(tree)
        audiences = self.value(tree["audiences"], "/audiences", Mapping[str, Audience]) or {}
        audience = self._text(tree, "", "audience") or "analyst"
        if audience not in audiences:
            message = f"there is no audience {audience!r}"
            self.error("/audience", "exporter:invalidValue", message, fix=choice_hint(audience, audiences))
        headings = self._texts(tree, "", "headings")
        for heading, concept in headings.items():
            self._check_name(concept, f"/headings/{heading}")
        profile = Profile(
            name=self._text(tree, "", "name") or name,
            title=self._text(tree, "", "title", required=True) or name,
            regulator=self._text(tree, "", "regulator"),
            release=release,
            releases=tuple(releases),
            taxonomies=taxonomies,
            concepts={name: described for name, described in self._concepts.items() if described is not None},
            bindings=self._entries(tree, "bindings", self._binding),
            axes=self._entries(tree, "axes", self._axis),
            parts=self._texts(tree, "", "parts"),
            headings=headings,
            names=self._texts(tree, "", "names"),
            audience=audience,
            audiences=audiences,
            document=self.structure(self.table(tree, "", "document"), "/document", DocumentRules) or DocumentRules(),
        )
        self.log.raise_as(ReadError)
        return profile

    def _text(self, node: Tree, pointer: str, name: str, *, required: bool = False) -> str | None:
        if name not in node:
            if required:
                self.error(pointer, "exporter:missingField", f"{name} is missing", f"add {name}")
            return None
        text: str | None = self.value(node[name], f"{pointer}/{name}", str)
        return text

    def _texts(self, node: Tree, pointer: str, name: str) -> dict[str, str]:
        return self.value(node.get(name, {}), f"{pointer}/{name}", Mapping[str, str]) or {}

    # --- extending ---------------------------------------------------------------------------------------------------

    def _extended(self, tree: Tree, folder: Path, depth: int) -> Tree:
        base = tree.get("extends")
        if base is None:
            return tree
        if depth >= _MOST_EXTENSIONS:
            message = f"the profiles extend each other in a circle, or more than {_MOST_EXTENSIONS} deep, at {base!r}"
            self.error("/extends", "exporter:invalidValue", message)
        elif not isinstance(base, str):
            message = f"a profile extends one other by name or path, got {base!r}"
            self.error("/extends", "exporter:invalidValue", message)
        self.log.raise_as(ReadError)
        if base in PROFILES:
            below = TomlFile(f"{base}.toml", _packaged_text(base), Path())
        elif base.endswith(".toml"):
            below = _source_of(folder / base)
        else:
            raise ReadError(findings=[_no_profile(base).at(file=self.source.name, pointer="/extends")])
        return _merged(self._extended(below.tree, below.folder, depth + 1), tree)

    # --- taxonomies and concepts -------------------------------------------------------------------------------------

    def _taxonomies(self, tree: Tree) -> dict[str, StandardTaxonomy]:
        table, taxonomies = self.table(tree, "", "taxonomies"), {}
        for prefix in table:
            node, pointer = self.table(table, "/taxonomies", prefix), f"/taxonomies/{prefix}"
            filled = {name: self._filled(value, f"{pointer}/{name}") for name, value in node.items()}
            taxonomy = self.structure(filled, pointer, StandardTaxonomy, prefix=prefix)
            if taxonomy is not None:
                taxonomies[prefix] = taxonomy
        return taxonomies

    def _filled(self, text: Any, pointer: str) -> Any:
        """A text with the variables of the release in it; other values as they are."""
        if not isinstance(text, str):
            return text
        try:
            return text.format_map(self._variables)
        except (KeyError, ValueError, IndexError) as error:
            known = list_text(self._variables) or "none"
            name = pointer.rpartition("/")[2]
            message = f"{name} names a variable that the release does not give: {error}; it gives {known}"
            self.error(pointer, "exporter:invalidValue", message)
            return text

    def _all_concepts(self, tree: Tree) -> dict[str, StandardConcept | None]:
        """The concepts by name; ``None`` for one that is described wrongly."""
        table, concepts = self.table(tree, "", "concepts"), {}
        for prefix in table:
            if prefix not in self._prefixes:
                self.error(f"/concepts/{prefix}", "exporter:invalidValue", f"no taxonomy has the prefix {prefix}")
            names = self.table(table, "/concepts", prefix)
            for name in names:
                concepts[f"{prefix}:{name}"] = self._concept(names, f"/concepts/{prefix}", prefix, name)
        return concepts

    def _concept(self, names: Tree, above: str, prefix: str, name: str) -> StandardConcept | None:
        node, pointer = self.table(names, above, name), f"{above}/{name}"
        if not node.get("verified") and "remark" not in node:
            message = f"{prefix}:{name} is not verified: a remark has to say what is not known of it"
            self.error(pointer, "exporter:missingField", message, fix="add remark, or verified = true")
        return self.structure(node, pointer, StandardConcept, prefix=prefix, local_name=name)

    def _standard(self, node: Tree, pointer: str, name: str, *, required: bool = False) -> StandardConcept | None:
        """The concept of the profile that a key names."""
        text = self._text(node, pointer, name, required=required)
        if text is not None and text not in self._concepts:
            message = f"{text} is not among the profile's concepts"
            self.error(f"{pointer}/{name}", "exporter:invalidValue", message, fix="describe it under concepts")
        return self._concepts.get(text or "")

    def _check_name(self, text: str, pointer: str) -> None:
        if not _NAME.fullmatch(text) or text.partition(":")[0] not in self._prefixes:
            message = f"expected a name of one of the profile's taxonomies (prefix:name), got {text!r}"
            self.error(pointer, "exporter:invalidValue", message)

    # --- bindings and axes -------------------------------------------------------------------------------------------

    def _entries(self, tree: Tree, name: str, make: Callable[[Tree, str], Any]) -> dict[BindingKey, Any]:
        table, made = self.table(tree, "", name), {}
        for item in table:
            entries = self.table(table, f"/{name}", item)
            for key in entries:
                node = self.table(entries, f"/{name}/{item}", key)
                if (entry := make(node, f"/{name}/{item}/{key}")) is not None:
                    made[item, key] = entry
        return made

    def _binding(self, node: Tree, pointer: str) -> ProfileBinding | None:
        if "gap" in node:
            return self.structure(node, pointer, Gap)
        concept = self._standard(node, pointer, "concept", required=True)
        if concept is None:
            return None
        dimensions = self._texts(node, pointer, "dimensions")
        for axis, member in dimensions.items():
            self._check_name(axis, f"{pointer}/dimensions")
            self._check_name(member, f"{pointer}/dimensions/{axis}")
        given = {"concept": concept, "dimensions": tuple(dimensions.items())}
        return self.structure(node, pointer, ProfileConcept, keys=given, **given)

    def _axis(self, node: Tree, pointer: str) -> ProfileAxis | Gap | None:
        if "gap" in node:
            return self.structure(node, pointer, Gap)
        name = self._standard(node, pointer, "name")
        axis = self.structure(node, pointer, ProfileAxis, keys=("name",), name_concept=name)
        if axis is not None:
            optional = filter(None, (axis.default, axis.typed_domain))
            for text in (axis.axis, *axis.members.values(), *axis.ranked, *optional):
                self._check_name(text, pointer)
        return axis


def _merged(below: Tree, above: Tree) -> Tree:
    """``above`` over ``below``, table by table; an entry for a field replaces the whole one below."""
    merged = dict(below)
    for key, value in above.items():
        is_entry = isinstance(value, dict) and ({"gap", "concept", "axis"} & value.keys())
        if isinstance(value, dict) and isinstance(merged.get(key), dict) and not is_entry:
            merged[key] = _merged(merged[key], value)
        else:
            merged[key] = value
    for key in ("name", "extends"):
        if key not in above:
            merged.pop(key, None)
    return merged


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

    ``concepts`` holds local names by namespace. Of several that have as many the first is taken. Where no concept is
    one that fields of items have, the usual lines of statements count; ``None`` where there are none of these either.
    """
    for count_of in (_fields_reported, _lines_reported):
        best: tuple[int, Profile] | None = None
        for profile in _candidates(concepts):
            count = count_of(profile, concepts)
            if count and (best is None or count > best[0]):
                best = (count, profile)
        if best is not None:
            return best[1]
    return None


def _fields_reported(profile: Profile, concepts: Mapping[str, Iterable[str]]) -> int:
    return sum(_is_reported(name, profile, concepts) for name in profile.concepts)


def _lines_reported(profile: Profile, concepts: Mapping[str, Iterable[str]]) -> int:
    from exporter.profiles.standard_concepts import standard_attributes  # a table that few reports need

    return sum(
        standard_attributes(prefix, name) is not None
        for prefix, taxonomy in profile.taxonomies.items()
        for name in concepts.get(taxonomy.namespace, ())
    )


def _candidates(concepts: Mapping[str, Iterable[str]]) -> Iterator[Profile]:
    for name in PROFILES:
        for release in load_profile(name).releases:
            profile = load_profile(name, release=release)
            if any(taxonomy.namespace in concepts for taxonomy in profile.taxonomies.values()):
                yield profile


def _is_reported(name: str, profile: Profile, concepts: Mapping[str, Iterable[str]]) -> bool:
    qname = profile.qname(name)
    return qname.local_name in concepts.get(qname.namespace, ())
