"""Mutators that know a syntax: what comes out is mostly well-formed, and wrong somewhere inside.

Each takes bytes and a random generator and gives bytes; what they cannot read they change as bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any, Final

Mutator = Callable[[bytes, Random], bytes]

NUMBERS: Final = (
    *("0", "-0", "1", "-1", "1.50", "1E5", "1E9999", "1E-999999999", "INF", "-INF", "NaN", "٣", "1_000", "0x1", "--1"),
    *("1,234.5", "1.234,5", "(1,234)", "△5", "¥34.4 billion", "31.6%", "1d5", "1e", "9" * 40, "10001", "-10001"),
)
DATES: Final = (
    *("2005-03-31", "2005-04-01T00:00:00", "2004-04-01/2005-04-01", "2005-02-30", "0000-01-01", "9999-12-31"),
    *("9999-12-31T24:00:00", "0001-01-01T00:00:00+14:00", "-0001-01-01", "2005", "2005Q4", "2005-03", "--03-31"),
    *("March 31, 2005", "平成17年3月31日", "31.12.2005", "20050331"),
)
NAMES: Final = ("xbrl:concept", "e:A", "e:M", ":", "e:", "#nil", "#empty", "#none", "$p", "xml:lang", "x y", "é", "")
HARD: Final = (
    *NUMBERS,
    *DATES,
    *NAMES,
    "\x00",
    "\ufeff",
    "\u202e",
    "true",
    "null",
    "../x",
    "http://e.com/x",
    " ",
    "a" * 300,
)
_TAG: Final = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE: Final = re.compile(rb"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_VALUES: Final[tuple[Any, ...]] = (*HARD, None, True, False, 0, -1, 10**30, 1.5, [], {}, [[]], {"": ""})


def mutate_bytes(data: bytes, random: Random) -> bytes:
    """Bytes changed, taken out, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        position = random.randrange(len(changed) + 1)
        end = min(len(changed), position + random.choice((1, 1, 2, 8, 32)))
        match random.randrange(5):
            case 0:
                del changed[position:end]
            case 1:
                changed[position:position] = changed[position:end]
            case 2:
                changed[position:end] = random.randbytes(end - position)
            case 3:
                changed[position:position] = random.choice(HARD).encode()
            case _ if position < len(changed):
                changed[position] ^= 1 << random.randrange(8)
    return bytes(changed)


def mutate_text(data: bytes, random: Random) -> bytes:
    """Words of a text exchanged, doubled, left out or replaced by hard ones."""
    words = re.split(r"(\s+|[^\w\s])", data.decode("utf-8", "replace"))
    position = random.randrange(len(words))
    match random.randrange(5):
        case 0:
            words[position] = random.choice(HARD)
        case 1:
            words.insert(position, random.choice(words))
        case 2:
            del words[position]
        case 3:
            other = random.randrange(len(words))
            words[position], words[other] = words[other], words[position]
        case _:
            return mutate_bytes(data, random)
    return "".join(words).encode("utf-8", "surrogatepass")


def mutate_xml(data: bytes, random: Random) -> bytes:
    """Elements removed, doubled or moved with all they hold; attributes and texts replaced; names exchanged."""
    parts = _TAG.findall(data)
    tags = [number for number, part in enumerate(parts) if part.startswith(b"<") and part[1:2] not in b"/!?"]
    if not tags:
        return mutate_bytes(data, random)
    start = random.choice(tags)
    end = _end_of_element(parts, start)
    match random.randrange(8):
        case 0 if start != tags[0]:
            del parts[start:end]
        case 1:
            parts[end:end] = parts[start:end]
        case 2 if start != tags[0]:
            element = parts[start:end]
            del parts[start:end]
            position = random.randrange(1, len(parts) + 1)
            parts[position:position] = element
        case 3:
            parts[start] = _other_attribute(parts[start], parts[random.choice(tags)], random)
        case 4:
            parts[start + 1 : end - 1] = [random.choice(HARD).encode()] if end - start > 1 else []
        case 5:
            other = re.match(rb"<\s*([^\s/>]+)", parts[random.choice(tags)])
            own = re.match(rb"<\s*([^\s/>]+)", parts[start])
            if own and other:
                for number in {start, end - 1}:
                    parts[number] = parts[number].replace(own[1], other[1], 1)
        case 6:
            other_start = random.choice(tags)
            parts[end:end] = parts[other_start : _end_of_element(parts, other_start)]
        case _:
            return mutate_bytes(data, random)
    return b"".join(parts)


def _end_of_element(parts: list[bytes], start: int) -> int:
    """The number after the end tag of the element that begins at ``start``."""
    depth = 0
    for number in range(start, len(parts)):
        part = parts[number]
        if part.startswith(b"</"):
            depth -= 1
        elif part.startswith(b"<") and part[1:2] not in b"!?" and not part.endswith(b"/>"):
            depth += 1
        if depth <= 0:
            return number + 1
    return len(parts)


def _other_attribute(tag: bytes, other: bytes, random: Random) -> bytes:
    """A tag with an attribute replaced, taken out, or taken over from another tag."""
    own, others = list(_ATTRIBUTE.finditer(tag)), list(_ATTRIBUTE.finditer(other))
    if others and random.random() < 0.3:
        at = len(tag) - (2 if tag.endswith(b"/>") else 1)
        return tag[:at] + b" " + random.choice(others)[0] + tag[at:]
    if not own:
        return tag
    attribute = random.choice(own)
    quoted = random.choice(HARD).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    values = [b"", attribute[1] + b'="' + quoted.encode() + b'"']
    if others:
        values.append(attribute[1] + b"=" + random.choice(others)[2])
    return tag[: attribute.start()] + random.choice(values) + tag[attribute.end() :]


def mutate_json(data: bytes, random: Random) -> bytes:
    """Members and entries removed, doubled, moved, renamed or replaced; names given twice."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return mutate_bytes(data, random)
    containers = list(_containers(tree))
    if not containers or random.random() < 0.1:
        return mutate_bytes(data, random)
    container = random.choice(containers)
    keys: list[Any] = list(container) if isinstance(container, dict) else list(range(len(container)))
    key = random.choice(keys)
    value = container[key]
    match random.randrange(7):
        case 0:
            del container[key]
        case 1 | 2:
            container[key] = random.choice(_VALUES)
        case 3:
            container[key] = random.choice(([value], {"value": value}, json.dumps(value), str(value)))
        case 4:
            other = random.choice(containers)
            container[key] = json.loads(
                json.dumps(random.choice(list(other.values() if isinstance(other, dict) else other)))
            )
        case 5 if isinstance(container, dict):
            container[
                random.choice((*HARD, *(name for some in containers if isinstance(some, dict) for name in some)))
            ] = value
        case _:
            text = json.dumps(tree, ensure_ascii=False)
            member = json.dumps(value, ensure_ascii=False)
            return text.replace(member, f"{member}, {json.dumps(str(key))}: {member}", 1).encode("utf-8", "replace")
    return json.dumps(tree, ensure_ascii=random.random() < 0.2).encode("utf-8", "surrogatepass")


def _containers(tree: Any) -> list[Any]:
    """All objects and arrays of a tree that hold something."""
    containers, waiting = [], [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list) and value:
            containers.append(value)
            waiting += value.values() if isinstance(value, dict) else value
    return containers


def mutate_csv(data: bytes, random: Random) -> bytes:
    """Cells replaced, rows and columns removed, doubled and exchanged."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline="")))
    except csv.Error:
        return mutate_bytes(data, random)
    rows = [row for row in rows if row]
    if not rows:
        return mutate_bytes(data, random)
    row = random.choice(rows)
    column = random.randrange(len(row))
    match random.randrange(7):
        case 0 | 1:
            row[column] = random.choice(HARD)
        case 2:
            row[column] = random.choice(random.choice(rows))
        case 3:
            rows.insert(random.randrange(len(rows) + 1), list(random.choice(rows)))
        case 4:
            rows.remove(row)
        case 5:
            for other in rows:
                if len(other) > column:
                    other.append(other.pop(column))
        case _:
            return mutate_bytes(data, random)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=random.choice(("\n", "\n", "\r\n"))).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


YAML_PARTS: Final = (
    *("&a ", "*a", "<<: *a", "!!binary x", "!x ", "---\n", "...\n", "? ", ": ", "- ", "[", "]", "{", "}", "|", ">-\n"),
    *("#", "'", '"', "\t", "~", "null", "yes", "0o7", "1:30", "unknown: x", "type: OwnershipInterest\n"),
)


def mutate_yaml(data: bytes, random: Random) -> bytes:
    """Lines removed, doubled, moved and indented anew; values replaced; marks of the syntax put in."""
    lines = data.decode("utf-8", "replace").split("\n")
    position = random.randrange(len(lines))
    line = lines[position]
    match random.randrange(7):
        case 0:
            del lines[position]
        case 1:
            lines.insert(random.randrange(len(lines) + 1), line)
        case 2:
            name, colon, _ = line.partition(": ")
            lines[position] = f"{name}{colon}{random.choice(HARD)}"
        case 3:
            lines[position] = " " * random.randrange(5) + line.lstrip()
        case 4:
            at = random.randrange(len(line) + 1)
            lines[position] = line[:at] + random.choice(YAML_PARTS) + line[at:]
        case 5:
            return mutate_text(data, random)
        case _:
            return mutate_bytes(data, random)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def mutate_by_content(data: bytes, random: Random) -> bytes:
    """The mutator of what the bytes begin with."""
    head = data.lstrip()[:1]
    if data.startswith(b"PK"):
        return mutate_archive(data, random)
    if head == b"<":
        return mutate_xml(data, random)
    if head in (b"{", b"["):
        return mutate_json(data, random)
    lines = data.split(b"\n", 2)
    is_table = len(lines) > 1 and b"," in lines[0] and lines[0].count(b",") == lines[1].count(b",")
    return mutate_csv(data, random) if is_table else mutate_yaml(data, random)


PART: Final = b"\n%%%\n"
"""What stands between the files of an input that is several files."""


def mutate_parts(data: bytes, random: Random) -> bytes:
    """One of several files changed, by what it holds."""
    parts = data.split(PART)
    position = random.randrange(len(parts))
    parts[position] = mutate_by_content(parts[position], random)
    return PART.join(parts)


def mutate_archive(data: bytes, random: Random) -> bytes:
    """Entries changed by what they hold, renamed, removed, doubled; or the archive's own bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [
                (entry.filename, archive.read(entry)) for entry in archive.infolist()[:50] if entry.file_size < 2**20
            ]
    except Exception:  # whatever zipfile makes of bytes that are no archive
        return mutate_bytes(data, random)
    if not entries or random.random() < 0.15:
        return mutate_bytes(data, random)
    position = random.randrange(len(entries))
    name, content = entries[position]
    match random.randrange(8):
        case 0:
            del entries[position]
        case 1:
            entries.append((name, content))
        case 2:
            other = random.choice(
                ("../x", "/x", "a\\b", "x" * 300, name.upper(), name + "/", "META-INF/" + name, "é/\u202e")
            )
            entries[position] = (other, content)
        case 3:
            entries.append(
                (random.choice(("META-INF/x.zip", "p/META-INF/catalog.xml", "reports/x.json", "x")), content)
            )
        case _:
            entries[position] = (name, mutate_by_content(content, random))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for entry, value in entries:
            info = zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, value)
    return stream.getvalue()
