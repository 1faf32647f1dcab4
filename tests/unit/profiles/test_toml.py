"""Where keys of a TOML file stand."""

from __future__ import annotations

from exporter.profiles.toml import SourceLines


def test_keys_and_tables_have_lines() -> None:
    lines = SourceLines('a = 1\n[b.c]\n"d:e" = 2\n[[f.g]]\nh = { i = 1 }\n')
    assert [lines.line(each) for each in ("/a", "/b/c", "/b/c/d:e", "/f/g", "/f/g/0/h/i")] == [1, 2, 3, 4, 5]


def test_what_is_not_there_stands_in_the_table_around_it() -> None:
    assert SourceLines("[b]\nc = 1\n").line("/b/d") == 1
    assert SourceLines("[b]\n").line("/x/y") is None


def test_tables_of_an_array_have_numbers() -> None:
    lines = SourceLines("[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n[[a.e]]\nf = 4\n")
    pointers = ("/a", "/a/0", "/a/0/b", "/a/0/c/d", "/a/1", "/a/1/b", "/a/1/e/0/f")
    assert [lines.line(pointer) for pointer in pointers] == [1, 1, 2, 4, 5, 6, 8]
