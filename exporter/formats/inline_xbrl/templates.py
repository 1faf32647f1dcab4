"""The templates of a page, and the style sheet: those of the package, each of which a theme folder may replace.

A theme is a folder with files of the same names:

- ``document.xhtml``: ``namespaces`` (prefix and URI), ``language``, ``title``, ``css``, ``header``, ``content``
- ``section.xhtml``: ``kind``, ``id``, ``new_page``, ``content``
- ``heading.xhtml``: ``level``, ``id``, ``content``, ``is_block`` (whether it holds paragraphs or tables)
- ``paragraph.xhtml``: ``tone``, ``id``, ``content``, ``is_block``
- ``block.xhtml``: ``id``, ``content``
- ``table.xhtml``: ``id``, ``caption``, ``remark``, ``columns``, ``heads`` (rows), ``keep_together``, ``content`` (rows)
- ``row.xhtml``: ``kind``, ``cells``
- ``entries.xhtml``: ``id``, ``caption``, ``content`` (entries); ``entry.xhtml``: ``label``, ``content``
- ``list.xhtml``: ``id``, ``numbered``, ``items``
- ``notes.xhtml``: ``id``, ``content`` (notes); ``note.xhtml``: ``number``, ``content``
- ``style.css``

Whatever a template is given is escaped, but for what is markup already. A template with ``content`` that goes on for
long is written in two halves: what stands before and what stands behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from exporter.errors import WriteError
from exporter.findings import Finding, Location

_STYLE_SHEET: Final = "style.css"
# Stands for the content while a template is filled in; private characters, made longer where a text has them.
_HERE: Final = "\ue000\ue001"


def markup(text: str) -> Markup:
    """Text that is markup, for a template to take as it is."""
    return Markup(text)  # noqa: S704 - made by the writers of this room, who escape


class Templates:
    """The templates of one theme.

    Raises:
        WriteError: ``exporter:themeFault``, here and in every method: the folder is not there, or a template is wrong.
    """

    def __init__(self, theme: Path | None = None) -> None:
        self._theme = theme
        if theme is not None and not theme.is_dir():
            raise self._fault("the theme is no folder", str(theme))
        self._environment = _own_environment() if theme is None else _environment(theme)
        self._templates: dict[str, Template] = {}

    def render(self, name: str, **values: object) -> str:
        """A whole template."""
        try:
            return self._template(name).render(values)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise self._fault(f"the template cannot be filled in: {error}", name) from error

    def halves(self, name: str, **values: object) -> tuple[str, str]:
        """What stands before and behind ``content``."""
        sign = _HERE
        while any(sign in str(value) for value in values.values()):
            sign += "\ue001"
        before, here, behind = self.render(name, content=markup(sign), **values).partition(sign)
        if not here:
            raise self._fault("the template has no place for its content", name)
        return before, behind

    def renderer(self, name: str) -> Any:
        """A template made ready for many uses: a function of a mapping that gives the text."""
        template = self._template(name)
        context, render = template.new_context, template.root_render_func

        def render_with(values: Mapping[str, object]) -> str:
            try:
                return "".join(render(context(values)))  # type: ignore[arg-type]
            except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
                raise self._fault(f"the template cannot be filled in: {error}", name) from error

        return render_with

    def style_sheet(self) -> str:
        """The style sheet as the content of ``style``: markup."""
        text = self._style_text()
        # In XML a style sheet is text like any other; a parser of HTML takes it as it is, so that ">" stays.
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")

    def _style_text(self) -> str:
        own = None if self._theme is None else self._theme / _STYLE_SHEET
        try:
            if own is not None and own.is_file():
                return own.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise self._fault(f"the style sheet cannot be read: {error}", _STYLE_SHEET) from error
        return _own_text(_STYLE_SHEET) or ""

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            try:
                self._templates[name] = self._environment.get_template(name)
            except (TemplateError, OSError, UnicodeDecodeError) as error:
                raise self._fault(f"the template cannot be read: {error}", name) from error
        return self._templates[name]

    def _fault(self, message: str, name: str) -> WriteError:
        place = name if self._theme is None else str(self._theme / name)
        mend = "compare it with the template of the same name in exporter/formats/inline_xbrl/theme"
        finding = Finding(code="exporter:themeFault", message=message, mend=mend, location=Location(file=place))
        return WriteError(findings=[finding])


@cache
def _own_environment() -> Environment:
    """Made once: the templates of the package do not change."""
    return _environment(None)


def _environment(theme: Path | None) -> Environment:
    own = FunctionLoader(_own_text)
    loader: BaseLoader = own if theme is None else ChoiceLoader([FileSystemLoader(theme), own])
    # A theme comes from outside: it may lay out what it is given, and reach nothing else.
    kind = Environment if theme is None else ImmutableSandboxedEnvironment
    return kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _own_text(name: str) -> str | None:
    place = files("exporter.formats.inline_xbrl").joinpath("theme", name)
    return place.read_text(encoding="utf-8") if place.is_file() else None
