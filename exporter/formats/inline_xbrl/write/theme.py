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

A variant of the package's own theme takes the place of some of these files, for a regulator that allows less markup:
where there is no style sheet, its ``cells.css`` says the style of the cells of each class.

Whatever a template is given is escaped, but for what is markup already. A template with ``content`` that goes on for
long is written in two halves: what stands before and what stands behind it.

The blocks of a page as markup, one after the other: each is written through its template and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
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
from exporter.formats.inline_xbrl.write.blocks import (
    Align,
    Block,
    Cell,
    Content,
    Entry,
    FactBlock,
    Heading,
    ItemList,
    KeyValues,
    NoteList,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
    TableColumn,
)
from exporter.formats.inline_xbrl.write.places import PageContentWriter
from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.formats.oim.xhtml import escape_attribute
from exporter.formats.xbrl_xml.write.checks import xml_attribute, xml_text
from exporter.model.qname import is_ncname

_STYLE_SHEET: Final = "style.css"
_CELLS: Final = "cells.css"
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

    def __init__(self, theme: Path | None = None, variant: str = "") -> None:
        self._theme = theme
        self._variant = variant
        if theme is not None and not theme.is_dir():
            raise self._finding("the theme is no folder", str(theme))
        self._environment = _own_environment(variant) if theme is None else _environment(theme, variant)
        self._templates: dict[str, Template] = {}
        self._cell_styles = _cell_styles(variant)

    def render(self, name: str, **values: object) -> str:
        """A whole template."""
        try:
            return self._template(name).render(values)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise self._finding(f"the template cannot be filled in: {error}", name) from error

    def halves(self, name: str, **values: object) -> tuple[str, str]:
        """What stands before and behind ``content``."""
        sign = _HERE
        while any(sign in str(value) for value in values.values()):
            sign += "\ue001"
        before, here, behind = self.render(name, content=markup(sign), **values).partition(sign)
        if not here:
            raise self._finding("the template has no place for its content", name)
        return before, behind

    def renderer(self, name: str) -> Any:
        """A template made ready for many uses: a function of a mapping that gives the text."""
        template = self._template(name)
        context, render = template.new_context, template.root_render_func

        def render_with(values: Mapping[str, object]) -> str:
            try:
                return "".join(render(context(values)))  # type: ignore[arg-type]
            except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
                raise self._finding(f"the template cannot be filled in: {error}", name) from error

        return render_with

    def cell_style(self, name: str, classes: Iterable[str]) -> str:
        """The ``style`` of a cell, the element ``name``; empty where a style sheet says it."""
        styles = (self._cell_styles.get(class_) for class_ in (name, *classes))
        return "; ".join(style for style in styles if style)

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
            raise self._finding(f"the style sheet cannot be read: {error}", _STYLE_SHEET) from error
        return _own_text(_STYLE_SHEET) or ""

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            try:
                self._templates[name] = self._environment.get_template(name)
            except (TemplateError, OSError, UnicodeDecodeError) as error:
                raise self._finding(f"the template cannot be read: {error}", name) from error
        return self._templates[name]

    def _finding(self, message: str, name: str) -> WriteError:
        place = name if self._theme is None else str(self._theme / name)
        fix = "compare it with the template of the same name in exporter/formats/inline_xbrl/theme"
        finding = Finding(code="exporter:themeFault", message=message, fix=fix, location=Location(file=place))
        return WriteError(findings=[finding])


@cache
def _own_environment(variant: str) -> Environment:
    """Made once: the templates of the package do not change."""
    return _environment(None, variant)


def _environment(theme: Path | None, variant: str) -> Environment:
    own = FunctionLoader(partial(_own_text, variant=variant))
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


def _own_text(name: str, *, variant: str = "") -> str | None:
    """A file of the package's theme, or of the variant where that has one of its own."""
    theme = files("exporter.formats.inline_xbrl").joinpath("theme")
    places = [theme.joinpath(variant, name)] if variant else []
    place = next((place for place in (*places, theme.joinpath(name)) if place.is_file()), None)
    return place.read_text(encoding="utf-8") if place is not None else None


def _cell_styles(variant: str) -> dict[str, str]:
    """The styles that cells of each class have where a document has no style sheet."""
    lines = ((_own_text(_CELLS, variant=variant) or "") if variant else "").splitlines()
    return {name: style.strip() for name, colon, style in (line.partition(":") for line in lines) if colon}


Write = Callable[[str], object]
_TEXT: Final = TableColumn()


class Blocks:
    """Writes blocks to ``write``, which takes text."""

    def __init__(self, places: PageContentWriter, resources: Resources, templates: Templates, write: Write) -> None:
        self._places = places
        self._resources = resources
        self._templates = templates
        self._write = write
        self._row = templates.renderer("row.xhtml")
        self._entry = templates.renderer("entry.xhtml")
        self._starts: dict[tuple[Any, ...], tuple[str, str]] = {}

    def write_all(self, blocks: Iterable[Block]) -> None:
        """Write the blocks in order."""
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._paragraph(block)
                case FactBlock():
                    self._block(block)
                case Table():
                    self._table(block)
                case KeyValues():
                    self._entries(block)
                case ItemList():
                    self._list(block)
                case NoteList():
                    self._notes(block)
                case Section():
                    self._section(block)

    def _content(self, content: Content) -> str:
        return markup(self._places.write(content))

    def _id(self, id_: str | None) -> str | None:
        if id_ is None:
            return None
        log = self._resources.log
        if not is_ncname(id_):
            log.error("exporter:invalidId", f"the id of a block is an XML name, got {id_!r}", "rename it")
        elif id_ in self._resources.ids:
            log.error("exporter:duplicateId", f"the id {id_!r} of a block is given already", "give each its own")
        self._resources.claim([id_])
        return id_

    def _halves(self, name: str, **values: object) -> tuple[str, str]:
        return self._templates.halves(name, **values)

    def _heading(self, block: Heading) -> None:
        is_block = self._places.is_block(block.content)
        values = {"level": block.level, "id": self._id(block.id), "is_block": is_block}
        self._write(self._templates.render("heading.xhtml", content=self._content(block.content), **values))

    def _paragraph(self, block: Paragraph) -> None:
        is_block = self._places.is_block(block.content)
        values = {"tone": block.tone.value, "id": self._id(block.id), "is_block": is_block}
        self._write(self._templates.render("paragraph.xhtml", content=self._content(block.content), **values))

    def _block(self, block: FactBlock) -> None:
        content = markup(self._places.block(block))
        self._write(self._templates.render("block.xhtml", id=self._id(block.id), content=content))

    def _section(self, block: Section) -> None:
        before, behind = self._halves(
            "section.xhtml", kind=block.kind.value, new_page=block.new_page, id=self._id(block.id)
        )
        self._write(before)
        self.write_all(block.blocks)
        self._write(behind)

    def _list(self, block: ItemList) -> None:
        if block.items:
            items = [self._content(item) for item in block.items]
            values = {"id": self._id(block.id), "numbered": block.numbered, "items": items}
            self._write(self._templates.render("list.xhtml", **values))

    def _entries(self, block: KeyValues) -> None:
        entries = list(block.entries)
        if not entries:
            return
        caption = self._content(block.caption)
        before, behind = self._halves("entries.xhtml", id=self._id(block.id), caption=caption)
        self._write(before)
        for entry in entries:
            self._write_entry(entry)
        self._write(behind)

    def _write_entry(self, entry: Entry) -> None:
        label, content = self._content(entry.label), self._content(entry.content)
        self._write(self._entry({"label": label, "content": content}) + "\n")

    def _notes(self, block: NoteList) -> None:
        notes = self._places.notes(block.notes)
        if not notes:
            return
        before, behind = self._halves("notes.xhtml", id=self._id(block.id))
        self._write(before)
        for number, note in notes:
            self._write(self._templates.render("note.xhtml", number=number, content=markup(note)))
        self._write(behind)

    # -- tables

    def _table(self, table: Table) -> None:
        head_rows = [self._row_text(row, table.columns) for row in table.heads]
        before, behind = self._halves(
            "table.xhtml",
            id=self._id(table.id),
            caption=self._content(table.caption),
            remark=self._content(table.remark),
            columns=[{"align": column.align.value, "width": column.width} for column in table.columns],
            heads=markup("".join(head_rows)),
            keep_together=table.keep_together,
        )
        self._write(before)
        written = 0
        for row in table.rows:
            self._write(self._row_text(row, table.columns))
            written += 1
        if not written:  # a table has a row
            self._write(self._row_text(Row([Cell(columns=max(len(table.columns), 1))]), table.columns))
        self._write(behind)

    def _row_text(self, row: Row, columns: tuple[TableColumn, ...]) -> str:
        cells = []
        at = 0
        for cell in row.cells:
            start, end = self._round(cell, columns[at] if at < len(columns) else _TEXT)
            at += cell.columns
            cells.append(f"{start}{self._places.write(cell.content)}{end}")
        return f"{self._row({'kind': row.kind.value, 'cells': markup(''.join(cells))})}\n"

    def _round(self, cell: Cell, column: TableColumn) -> tuple[str, str]:
        """The tags round a cell; there are few kinds of them in a table."""
        align = column.align if cell.is_number is None else Align.NUMBER if cell.is_number else Align.TEXT
        key = (cell.scope, cell.columns, cell.rows, cell.indent, align)
        tags = self._starts.get(key)
        if tags is None:
            classes = [align.value] if align is not Align.TEXT else []
            classes += [f"indent-{cell.indent}"] if cell.indent else []
            name = "th" if cell.scope else "td"
            style = self._templates.cell_style(name, classes or [align.value])
            attributes = {
                "scope": cell.scope and cell.scope.value,
                "class": "" if style else " ".join(classes),
                "style": style,
                "colspan": str(cell.columns) if cell.columns > 1 else "",
                "rowspan": str(cell.rows) if cell.rows > 1 else "",
            }
            text = "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items() if value)
            tags = self._starts[key] = f"<{name}{text}>", f"</{name}>"
        return tags


def document_halves(page: Page, resources: Resources, templates: Templates, header: str) -> tuple[str, str]:
    """What stands before and behind the blocks of a page: the document with everything that its facts refer to."""
    log = resources.log
    declared = [(prefix, markup(xml_attribute(log, uri, "a namespace"))) for prefix, uri in resources.declarations]
    style = templates.style_sheet() + _running_head(page.running_head)
    xml_text(log, page.title + page.running_head, "the title of the page")
    return templates.halves(
        "document.xhtml",
        namespaces=declared,
        language=page.language,
        title=page.title,
        css=markup(style),
        header=markup(header),
    )


def _running_head(text: str) -> str:
    """The rule that prints a text at the head of every page."""
    if not text:
        return ""
    # A blank ends each escape, and is no part of the text.
    escaped = "".join(ch if ch.isalnum() or ch == " " else f"\\{ord(ch):06x} " for ch in text)
    rule = f'@page {{ @top-right {{ content: "{escaped}"; }} }}'
    return f'\n{rule}\n@page :first {{ @top-right {{ content: ""; }} }}\n'
