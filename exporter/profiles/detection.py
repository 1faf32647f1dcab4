"""Which profile a report was made with, told by the standard concepts it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exporter.profiles.profile import Profile
from exporter.profiles.reading import PROFILES, load_profile


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
            if any(each.namespace in concepts for each in profile.taxonomies.values()):
                yield profile


def _is_reported(name: str, profile: Profile, concepts: Mapping[str, Iterable[str]]) -> bool:
    found = profile.qname(name)
    return found.local_name in concepts.get(found.namespace, ())
