"""The content of a page as markup: words, tagged facts, links to hidden ones, marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from exporter.errors import ModelError
from exporter.findings import shortened
from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    CrossReference,
    FactBlock,
    FactPlace,
    HiddenLink,
    Inline,
    InnerFact,
    LineBreak,
    NoteMark,
    Page,
    PageText,
    Within,
)
from exporter.formats.inline_xbrl.write.display import describe, is_text_block, show_nil, show_number, show_text
from exporter.formats.inline_xbrl.write.markup import Tag, continuation_tag, fact_tag, footnote_tag
from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.formats.inline_xbrl.write.text_blocks import (
    Fragment,
    is_plain,
    is_verbatim,
    read_fragment,
    why_unprintable,
)
from exporter.formats.xbrl_xml.concepts import ConceptForm
from exporter.formats.xbrl_xml.write.checks import SPECIAL, xml_attribute, xml_text
from exporter.formats.xbrl_xml.write.text import write_qname
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact
from exporter.model.report import FootnoteResource, Report
from exporter.transformations import Displayed, NotPrintable

_SPLIT = "\0"


@frozen
class _FactMarkup:
    """A fact at a place: how it is displayed, and the content of its tag as markup."""

    fact: Fact
    displayed: Displayed
    content: str
    escape: bool = False
    is_verbatim: bool = False


class PageContentWriter:
    """Writes the content of one page and remembers what it has shown.

    ``hidden_style`` is the CSS property that links words to a hidden fact (``-sec-ix-hidden``, ``-esef-ix-hidden``).
    Facts and footnotes of ``untagged`` stand on the page as others do, without a tag.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        page: Page,
        resources: Resources,
        *,
        hidden_style: str,
        untagged: Report | None = None,
    ) -> None:
        printed = untagged.facts if untagged is not None else ()
        self._untagged = {fact.id or "" for fact in printed}
        self._facts = {**facts, **{fact.id or "": fact for fact in printed}}
        self._page = page
        self._resources = resources
        self._log = resources.log
        self._hidden_style = hidden_style
        self._tagged: set[str] = set()
        self._linked: set[str] = set()
        self._fragments: dict[str, Fragment | None] = {}
        self._chains: dict[str, tuple[int, str]] = {}
        plain_notes = untagged.footnotes if untagged is not None else ()
        self._plain_notes = {note.id for note in plain_notes}
        self._notes = {note.id: note for note in (*resources.report.footnotes, *plain_notes)}
        resources.claim(self._plain_notes)
        self._marks: dict[str, int] = {}
        self._listed: set[str] = set()
        self._targets: set[str] = set()

    # -- content

    def write(self, content: Content) -> str:
        """The content as markup."""
        return "".join([self._part(part) for part in content])

    def is_block(self, content: Iterable[Inline]) -> bool:
        """Whether the content holds a text block with paragraphs or tables, which no paragraph can hold."""
        return any(
            isinstance(part, FactPlace)
            and any(self._holds_blocks(id_) for id_ in (*part.facts, *([part.within.fact] if part.within else ())))
            for part in content
        )

    def _holds_blocks(self, id_: str) -> bool:
        fact = self._facts.get(id_)
        if fact is None or fact.value is None or is_plain(fact.value) or self._resources.is_numeric(fact):
            return False
        fragment = self._fragment(fact)
        return fragment is not None and fragment.is_block

    def _part(self, part: Inline) -> str:
        if isinstance(part, FactPlace):
            return self.place(part)
        if isinstance(part, PageText):
            return self._phrase(part)
        if isinstance(part, NoteMark):
            return self._mark(part)
        if isinstance(part, HiddenLink):
            return self._hidden_link(part.fact, self.write(part.content))
        if isinstance(part, CrossReference):
            if not self._page.links:
                return self.write(part.content)
            self._targets.add(part.target)
            return f'<a href="#{self._attribute(part.target)}">{self.write(part.content)}</a>'
        assert isinstance(part, LineBreak)
        return "<br/>"

    def _phrase(self, phrase: PageText) -> str:
        text = self.text(phrase.text)
        if phrase.notes:
            text += "".join([self._mark(NoteMark(note)) for note in phrase.notes])
        if phrase.second is not None and self._page.second_language is not None:
            second = self.text(phrase.second)
            language = self._attribute(self._page.second_language)
            text = f'<span class="first">{text}</span> <span class="second" xml:lang="{language}">{second}</span>'
        return f"<strong>{text}</strong>" if phrase.emphasis else text

    def text(self, text: str, what: str = "a text of the page") -> str:
        """Text as markup."""
        return xml_text(self._log, text, what) if SPECIAL.search(text) else text

    def _attribute(self, text: str) -> str:
        return xml_attribute(self._log, text, "an attribute of the page")

    # -- facts

    def block(self, block: FactBlock) -> str:
        """A text block, with the facts that are tagged inside it."""
        place = FactPlace(block.facts, part=block.part, within=block.within)
        fact = self._facts.get(block.facts[0])
        if not block.inner or fact is None or fact.value is None:
            return self.place(place)
        whole = self._show(fact, place)
        if whole is None or not whole.escape or whole.content != fact.value:
            return self.place(place)
        return self._tag(whole, place, self._with_inner(fact, block.inner))

    def _with_inner(self, outer: Fact, inner: Iterable[InnerFact]) -> str:
        """The markup of a text with the tags of the facts inside it."""
        value, pieces, end = outer.value or "", list[str](), 0
        open_tags: list[tuple[int, str]] = []  # where each ends, and its end tag

        def close_until(place: int) -> None:
            nonlocal end
            while open_tags and open_tags[-1][0] <= place:
                stop, closing = open_tags.pop()
                pieces.extend((value[end:stop], closing))
                end = stop

        for piece in sorted(inner, key=lambda piece: (piece.start, -piece.stop)):
            close_until(piece.start)
            outside = open_tags[-1][0] if open_tags else len(value)
            fact = self._fact(piece.fact)
            if fact is None or not end <= piece.start < piece.stop <= outside:
                self._report_outside(outer, fact or outer, piece.start)
                continue
            markup = self._show(fact, FactPlace(piece.fact, scale=piece.scale))
            if markup is None or markup.content != value[piece.start : piece.stop]:
                self._report_outside(outer, fact, piece.start)
                continue
            opening, _, closing = self._tag(markup, FactPlace(piece.fact), _SPLIT).partition(_SPLIT)
            pieces.extend((value[end : piece.start], opening))
            end = piece.start
            open_tags.append((piece.stop, closing))
        close_until(len(value))
        return "".join([*pieces, value[end:]])

    def place(self, place: FactPlace) -> str:
        """The facts of a place, tagged round what they show, and the text round them where they stand in one."""
        if place.negated and self._page.reported_signs:
            place = evolve(place, negated=False)
        return self._place(place) if place.within is None else self._within(place, place.within)

    def _place(self, place: FactPlace) -> str:
        if len(place.facts) == 1 and (fact := self._facts.get(place.facts[0])) is not None:  # as most are
            alone = self._show(fact, place)
            if alone is not None:
                return self._tags([alone], place)
        facts = [fact for id_ in place.facts if (fact := self._fact(id_)) is not None]
        tags: list[_FactMarkup] = []
        words: dict[str, str] = {}
        for fact in facts:
            tag = self._show(fact, place)
            if tag is None:
                words[fact.id or ""] = place.text or describe(fact.value or "", self._datatype(fact), self._page.style)
            else:
                tags.append(tag)
        if self._resources.refs is not None:  # Inline XBRL 1.0 has no number inside another
            for outer in [tag for tag in tags if self._resources.is_numeric(tag.fact)][:-1]:
                tags.remove(outer)
                words[outer.fact.id or ""] = outer.displayed.text
        if not tags:
            markup = place.before + next(iter(words.values()), "") + place.after
            markup = self.text(markup)
        else:
            markup = self._tags(tags, place)
        for id_ in words:
            markup = self._hidden_link(id_, markup)
        return markup

    def _within(self, place: FactPlace, within: Within) -> str:
        """Facts inside the piece of a longer text: its markup goes on round their tags."""
        outer, inner = self._fact(within.fact), self._fact(place.facts[0])
        tag = None if outer is None or inner is None else self._show(inner, place)
        if outer is None or tag is None:
            return self._place(place)
        (start, stop), value = within.part, outer.value or ""
        behind = within.at + len(tag.content)
        if not start <= within.at <= behind <= stop or not self._may_embed(outer, value[start:stop], tag, place):
            self._report_outside(outer, tag.fact, within.at)
            return self._place(place)
        escape = not is_plain(value) or is_text_block(self._datatype(outer))
        around = _FactMarkup(outer, Displayed(text=""), "", escape=escape)
        content = f"{value[start : within.at]}{self._tags([tag], place)}{value[behind:stop]}"
        return self._tag(around, FactPlace(within.fact, part=within.part), content)

    def _may_embed(self, outer: Fact, piece: str, tag: _FactMarkup, place: FactPlace) -> bool:
        """Whether the longer text comes back as it is, with what its piece shows tagged inside it."""
        whole, part = self._fragment(outer), read_fragment(piece)
        if not is_plain(outer.value or "") and (whole is None or part is None or whole.ids):
            return False
        within = place.within
        if within is None or len(place.facts) > 1 or place.before or place.after or tag.is_verbatim:
            return False
        return (outer.value or "").startswith(tag.content, within.at)

    def _report_outside(self, outer: Fact, inner: Fact, at: int) -> None:
        message = f"what {inner.id!r} shows does not stand in {outer.id!r} at the character {at}"
        self._log.error("exporter:notPrintable", message, "show each at its own place", fact=outer.id)

    def _fact(self, id_: str) -> Fact | None:
        fact = self._facts.get(id_)
        if fact is None:
            message = f"the page shows the fact {id_!r}, which the report does not have"
            self._log.error("exporter:notOnRecord", message, "correct the id, or add the fact", fact=id_)
        return fact

    def _datatype(self, fact: Fact) -> DataType | None:
        return self._resources.concept(fact.concept)[0].datatype

    def _tags(self, tags: list[_FactMarkup], place: FactPlace) -> str:
        if len(tags) > 1:
            tags = self._nested(tags)
        inner = tags[-1]
        markup = inner.content
        for tag in reversed(tags):
            markup = self._tag(tag, place, markup)
        if inner.is_verbatim:
            markup = f'<span class="verbatim">{markup}</span>'
        displayed = tags[0].displayed if inner.fact.value is None else inner.displayed
        return f"{self.text(displayed.before)}{markup}{self.text(displayed.after)}"

    def _nested(self, tags: list[_FactMarkup]) -> list[_FactMarkup]:
        """Texts outside numbers; what does not show the same is noted and left to be hidden."""
        tags = sorted(tags, key=lambda tag: self._resources.is_numeric(tag.fact))
        inner = tags[-1]
        fits = []
        for tag in tags:
            if tag is inner or self._may_hold(tag, inner):
                fits.append(tag)
            else:
                message = f"{tag.fact.id!r} and {inner.fact.id!r} stand at one place, but do not show the same"
                self._log.error("exporter:notPrintable", message, "give each its own place", fact=tag.fact.id)
        return fits

    def _may_hold(self, outer: _FactMarkup, inner: _FactMarkup) -> bool:
        if outer.fact.value is None or inner.fact.value is None or outer.content != inner.content:
            return False
        if not self._resources.is_numeric(outer.fact):
            return True
        a, b = outer.displayed, inner.displayed
        return outer.fact.unit == inner.fact.unit and (a.format, a.scale) == (b.format, b.scale)

    def _tag(self, markup: _FactMarkup, place: FactPlace, content: str) -> str:
        fact = markup.fact
        id_ = fact.id or ""
        if id_ in self._untagged:
            return content
        continued = None
        if place.part is not None:
            tag, continued = self._piece(fact, place.part)
            if tag is not None:
                return tag.round(content)
        is_again = id_ in self._tagged or id_ in self._linked
        own = self._resources.free_id(f"{id_}-again") if is_again else id_
        if id_ not in self._linked:  # else it is a further place of a fact that is hidden
            self._tagged.add(id_)
        return fact_tag(
            fact, markup.displayed, self._resources, id_=own, escape=markup.escape, continued_at=continued
        ).round(content)

    def _piece(self, fact: Fact, part: tuple[int, int]) -> tuple[Tag | None, str | None]:
        """The tag of a further piece of a fact, or ``None`` for the first; and where it is continued."""
        id_, (start, stop) = fact.id or "", part
        if self._resources.refs is not None:
            message = f"the page shows {id_!r} in pieces"
            self._log.error("exporter:notInInline10", message, "write Inline XBRL 1.1", fact=id_)
            return None, None
        expected, own = self._chains.get(id_, (0, ""))
        whole = len(fact.value or "")
        if start != expected or not start <= stop <= whole or (start == 0 and id_ in self._tagged):
            message = f"the pieces of {id_!r} follow each other without gaps, got {start} to {stop} after {expected}"
            self._log.error("exporter:notPrintable", message, "correct the pieces", fact=id_)
            return None, None
        following = None if stop == whole else self._resources.free_id(f"{id_}-{stop}")
        self._chains[id_] = (stop, following or "")
        return continuation_tag(own, continued_at=following) if own else None, following

    def _show(self, fact: Fact, place: FactPlace) -> _FactMarkup | None:
        """How a fact is shown, or ``None`` where it has to be hidden."""
        if fact.value is None:
            return _FactMarkup(fact, show_nil(place), "")
        try:
            concept = self._resources.concept(fact.concept)[0]
            if fact.looks_numeric if concept.numeric is None else concept.numeric:
                return self._number(fact, concept, place)
            return self._words(fact, fact.value, place)
        except NotPrintable as error:
            self._log.error("exporter:notPrintable", str(error), "show it as the style does", fact=fact.id)
            return _FactMarkup(fact, Displayed(text=""), "")

    def _number(self, fact: Fact, concept: ConceptForm, place: FactPlace) -> _FactMarkup:
        value = fact.value or ""
        if concept.numeric_check is not None and not concept.numeric_check(value):
            return _FactMarkup(fact, Displayed(text=""), "")  # which is reported where it is tagged
        style = place.style or self._page.style
        displayed = show_number(
            value, concept.datatype, place, style, decimals=fact.decimals, as_written=not fact.looks_numeric
        )
        return _FactMarkup(fact, displayed, self.text(displayed.text))

    def _words(self, fact: Fact, value: str, place: FactPlace) -> _FactMarkup | None:
        datatype = self._datatype(fact)
        if place.part is not None:
            value = value[slice(*place.part)]
        if place.text is None and (datatype is None or datatype.base == "string"):
            around = Displayed(text="", before=place.before, after=place.after)
            return self._free_text(fact, value, around)
        displayed = show_text(value, datatype, place, place.style or self._page.style)
        if displayed is None:
            return None
        text = xml_text(self._log, displayed.text, f"a value of {fact.concept}", fact=fact.id)
        return _FactMarkup(fact, displayed, text, is_verbatim=is_verbatim(displayed.text))

    def _free_text(self, fact: Fact, value: str, around: Displayed) -> _FactMarkup:
        is_block = is_text_block(self._datatype(fact))
        if not is_plain(value) and self._is_markup(fact, value):
            return _FactMarkup(fact, around, value, escape=True)
        text = xml_text(self._log, value, f"a value of {fact.concept}", fact=fact.id)
        return _FactMarkup(fact, around, text, escape=is_block and is_plain(value), is_verbatim=is_verbatim(value))

    def _is_markup(self, fact: Fact, value: str) -> bool:
        """Whether the value stands in the page with its markup; its ids are then those of the page."""
        fragment = self._fragment(fact) if value == fact.value else read_fragment(value)
        if fragment is None or not self._resources.ids.isdisjoint(fragment.ids):
            return False
        if len(set(fragment.ids)) != len(fragment.ids):
            return False
        self._resources.claim(fragment.ids)
        return True

    def _fragment(self, fact: Fact) -> Fragment | None:
        """The fact's value as markup, where its type lets it be some."""
        id_, value = fact.id or "", fact.value or ""
        if id_ not in self._fragments:
            datatype = self._datatype(fact)
            allowed = is_text_block(datatype) or (datatype is None and "<" in value)
            self._fragments[id_] = read_fragment(value) if allowed else None
        return self._fragments[id_]

    # -- hidden facts

    def _hidden_link(self, id_: str, content: str) -> str:
        self._fact(id_)
        if id_ in self._tagged or id_ in self._linked or id_ in self._untagged:
            return content
        self._linked.add(id_)
        return f'<span style="{self._hidden_style}:{self._attribute(id_)}">{content}</span>'

    def hidden(self) -> Iterator[str]:
        """The facts and footnotes that the page does not show, tagged."""
        for id_, fact in self._facts.items():
            if id_ not in self._tagged and id_ not in self._untagged:
                markup = self._show(fact, FactPlace(id_)) or self._concealed(fact)
                yield fact_tag(fact, markup.displayed, self._resources, escape=markup.escape).round(markup.content)
        for id_, note in self._notes.items():
            if id_ not in self._listed and id_ not in self._plain_notes:
                yield self.note(note)

    def _concealed(self, fact: Fact) -> _FactMarkup:
        """A value that nobody reads, as XBRL writes it."""
        value, datatype = fact.value or "", self._datatype(fact)
        if datatype is not None and datatype.base == "QName" and datatype.is_valid(value):
            try:
                value = write_qname(value, self._resources.prefixes)
            except ModelError:
                self._resources.checks.report_value(fact, self._resources.concept(fact.concept)[0])
        text = xml_text(self._log, value, f"a value of {fact.concept}", fact=fact.id)
        return _FactMarkup(fact, Displayed(text=value), text)

    def close(self) -> None:
        """Note facts whose pieces do not add up to the whole, and references to nothing."""
        for target in sorted(self._targets - self._resources.ids):
            message = f"the page refers to {target!r}, which is the id of nothing on it"
            self._log.error("exporter:notOnRecord", message, "give the block that id")
        for id_, (stop, following) in self._chains.items():
            if following:
                whole = len(self._facts[id_].value or "")
                message = f"the page shows {stop} of the {whole} characters of {id_!r}"
                self._log.error("exporter:notPrintable", message, "show the rest, too", fact=id_)

    # -- footnotes

    def _mark(self, mark: NoteMark) -> str:
        if mark.note not in self._notes:
            message = f"the page marks the footnote {mark.note!r}, which the report does not have"
            self._log.error("exporter:notOnRecord", message, "correct the id, or add the footnote")
            return ""
        number = self.note_number(mark.note)
        if not self._page.links:
            return f'<sup class="mark">{number}</sup>'
        return f'<sup class="mark"><a href="#{self._attribute(mark.note)}">{number}</a></sup>'

    def note_number(self, id_: str) -> int:
        """The number of a footnote, in the order of the marks."""
        return self._marks.setdefault(id_, len(self._marks) + 1)

    def notes(self, ids: Iterable[str] | None) -> list[tuple[int, str]]:
        """Numbers and elements of the footnotes with these ids, or of all marked; each stands on the page once."""
        numbered = []
        for id_ in list(self._marks) if ids is None else ids:
            note = self._notes.get(id_)
            if note is None:
                message = f"the page lists the footnote {id_!r}, which the report does not have"
                self._log.error("exporter:notOnRecord", message, "correct the id, or add the footnote")
            elif id_ not in self._listed:
                numbered.append((self.note_number(id_), self.note(note)))
        return numbered

    def note(self, note: FootnoteResource) -> str:
        """A footnote, tagged."""
        self._listed.add(note.id)
        content = note.content.replace("\r", "&#13;")
        xml_text(self._log, content, f"the footnote {shortened(note.id)}")
        if (reason := why_unprintable(content)) is not None:
            start = shortened(" ".join(re.sub(r"<[^<>]*>", " ", content).split()))
            message = f"the footnote {shortened(note.id)} ({start}) cannot stand on a page: {reason}"
            fix = "write it in XHTML 1.1, as Inline XBRL wants it; what is underlined or struck through, by its style"
            self._log.error("exporter:unfitMarkup", message, fix)
        if note.id in self._plain_notes:
            return f'<span id="{self._attribute(note.id)}">{content}</span>'
        return footnote_tag(evolve(note, content=""), self._resources).round(content)
