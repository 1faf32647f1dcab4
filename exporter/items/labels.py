"""Labels of concepts, by language and role.

English stands beside the declaration. Labels in other languages are given there too (``label_ja=``,
``labels={"de": "Umsatz"}``), or in a catalogue: the file ``labels/ja.toml`` beside the module of the class, named after
the language in lower case. It has a table for each class, and in it a key for each field and role; ``class`` stands for
the class itself, the name of a concept for one of several that a field chooses from, and the text of a value for a
value of an enumeration. A catalogue is read when a label in its language is first asked for.

    [NetLoss]
    class.label = "当期純損失"
    amount.label = "当期純利益又は当期純損失"
    amount.negated = "当期純損失"
"""

from __future__ import annotations

import enum
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from attrs import evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.findings import choice_hint, list_text
from exporter.model.lexical import is_language_tag

LabelRole = Literal["standard", "terse", "documentation", "total", "period_start", "period_end", "negated"]
LABEL_ROLES: Final[tuple[LabelRole, ...]] = get_args(LabelRole)
ENGLISH: Final = "en"
CLASS_KEY: Final = "class"
"""What stands for the class itself in its table of a catalogue; no field can be called so."""

Texts = Mapping[str, str]  # by role
Translations = Callable[[str], Texts]  # the texts in a language, given by its tag in lower case
_NO_TEXTS: Final[Texts] = MappingProxyType({})
_STANDARD_KEY: Final = "label"  # what people call the standard role
_ROLE_KEYS: Final[tuple[str, ...]] = (_STANDARD_KEY, *(role for role in LABEL_ROLES if role != "standard"))


def is_english(language: str) -> bool:
    """Whether a language tag is one of English."""
    return language.lower().partition("-")[0] == ENGLISH


def _tags(language: str) -> Iterator[str]:
    """The tag and what it is a part of: ``zh-Hant-TW`` gives zh-hant-tw, zh-hant and zh."""
    tag = language.lower()
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def _role_texts(node: Any, owner: str) -> Texts:
    """Texts by role from a label alone or from a table with a key for each role."""
    if isinstance(node, str):
        return {"standard": node}
    if not isinstance(node, Mapping):
        raise DeclarationError(
            f"{owner}: a label is a text, or a text for each of {list_text(_ROLE_KEYS, last=' and ')}"
        )
    texts = {}
    for key, text in node.items():
        if key not in (*_ROLE_KEYS, "standard"):
            raise DeclarationError(f"{owner}: no label is called {key!r}; {choice_hint(key, _ROLE_KEYS)}")
        if not isinstance(text, str):
            raise DeclarationError(f"{owner}.{key}: a label is a text")
        texts["standard" if key == _STANDARD_KEY else key] = text
    return texts


def _by_language(value: Mapping[str, Any]) -> Mapping[str, Texts]:
    for language in value:
        if not is_language_tag(language):
            raise DeclarationError(f"labels are given by language tag (de, pt-BR), got {language!r}")
        if language.lower() == ENGLISH:
            raise DeclarationError("English labels are given with label= and documentation=, not among labels=")
    texts = {language.lower(): _role_texts(node, f"labels[{language!r}]") for language, node in value.items()}
    return MappingProxyType(texts)


@frozen(kw_only=True)
class Labels:
    """The labels of a concept: a text for each language and role.

    English has a field for each role. Where ``standard`` is not given it is made from the name. ``negated`` shows a
    value with its sign turned round and is made from the standard label where the sign is inverted. ``others`` are
    the texts in other languages: by language tag a label, or a mapping from roles (``label``, ``documentation``,
    ``total`` …) to texts. ``catalogue`` is asked for what they do not say.

    Raises:
        DeclarationError: ``others`` has a key that is no language tag, or an unknown role.
    """

    standard: str | None = None
    terse: str | None = None
    documentation: str | None = None
    total: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    negated: str | None = None
    others: Mapping[str, Texts] = field(factory=dict, converter=_by_language, hash=False)
    catalogue: Translations | None = field(default=None, eq=False, repr=False)

    def text(self, language: str, role: LabelRole = "standard") -> str | None:
        """The label in a language (BCP 47), or in the one that it is a part of; ``None`` where there is none."""
        for tag in _tags(language):
            text = self.others.get(tag, _NO_TEXTS).get(role)
            if text is None and tag == ENGLISH:
                text = getattr(self, role)
            elif text is None and self.catalogue is not None and not is_english(tag):
                text = self.catalogue(tag).get(role)
            if text is not None:
                return text
        return None

    def merged(self, others: Mapping[str, Any]) -> Labels:
        """These labels with more texts in other languages."""
        texts: dict[str, dict[str, str]] = {language: dict(roles) for language, roles in self.others.items()}
        for language, roles in _by_language(others).items():
            texts.setdefault(language, {}).update(roles)
        return evolve(self, others=texts)

    def joined(self, addition: Labels, *, documented: bool = False) -> Labels:
        """The standard label with another's behind it, in every language that has both.

        ``documented`` keeps the documentation too.
        """

        def joined_text(language: str) -> str | None:
            first, second = self.text(language), addition.text(language)
            glue = "、" if language.partition("-")[0] == "ja" else ", "
            return f"{first}{glue}{second}" if first and second else None

        def translations(language: str) -> Texts:
            documentation = self.text(language, "documentation") if documented else None
            texts = {"standard": joined_text(language), "documentation": documentation}
            return {role: text for role, text in texts.items() if text is not None}

        documentation = self.documentation if documented else None
        return Labels(standard=joined_text(ENGLISH), documentation=documentation, catalogue=translations)


NO_LABELS: Final = Labels()


def catalogue_of(cls: type[Any], *path: str) -> Translations:
    """What the catalogues of a class, and of the classes that it derives from, say under a path of keys."""

    def translations(language: str) -> Texts:
        texts: dict[str, str] = {}
        for base in reversed(cls.__mro__):
            owner, node = base.__name__, catalogue_table(base, language)
            for key in path:
                owner, node = f"{owner}.{key}", node.get(key, {})
            texts |= _role_texts(node, f"the labels of {owner} ({language})")
        return texts

    return translations


def member_labels(value: enum.StrEnum) -> Labels:
    """The labels of a value of an enumeration; the English one is made from the value where none is given."""
    label = getattr(value, "label", value.value.replace("_", " ").title())
    others = getattr(value, "other_labels", {})
    return Labels(standard=label, others=others, catalogue=catalogue_of(type(value), value.value))


def enumeration_labels(enumeration: type[enum.StrEnum], english: str) -> Labels:
    """The labels of an enumeration itself: by language in its ``__labels__``, or under ``class`` in a catalogue."""
    others = getattr(enumeration, "__labels__", {})
    return Labels(standard=english, others=others, catalogue=catalogue_of(enumeration, CLASS_KEY))


def catalogue_table(cls: type[Any], language: str) -> Mapping[str, Any]:
    """The table of a class in the catalogue beside its module; empty where there is none.

    Raises:
        DeclarationError: the catalogue cannot be read, or is malformed.
    """
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    if file is None:
        return {}
    table: Mapping[str, Any] = _read_catalogue(Path(file).parent / "labels" / f"{language.lower()}.toml").get(
        cls.__name__, {}
    )
    return table


@cache
def _read_catalogue(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise DeclarationError(f"{path}: the labels cannot be read: {error}") from error
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(node, dict) for node in table.values()):
            raise DeclarationError(f"{path}: {name} is no table of keys such as amount.label")
    return tables
