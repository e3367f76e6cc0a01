"""A page as a tree, and only if every element is closed where it must be."""

import html.parser
import xml.etree.ElementTree as ET

VOID = {"br", "img", "link", "meta"}


class _Builder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tree = ET.TreeBuilder()
        self.open = []
        self.tree.start("page", {})

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has one name twice"
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> in {self.open}"
        self.tree.end(self.open.pop())

    def handle_data(self, data):
        self.tree.data(data)


def parsed(text):
    """Returns the tree of an HTML page or a piece of one."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert not builder.open, f"{builder.open} are never closed"
    builder.tree.end("page")
    return builder.tree.close()


def words(element):
    """Returns the text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())
