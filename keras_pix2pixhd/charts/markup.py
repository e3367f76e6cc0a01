"""HTML and SVG from strings, escaped by default."""

import html
import re

_EMPTY = {"br", "img", "link", "meta"}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Markup(str):
    """A str that is HTML already; `element` takes every other for text."""


def element(tag, *children, **attributes):
    """Returns an element as `Markup`.

    Text in it is escaped; only `Markup` is taken as it is. So what comes
    from data cannot become markup, whatever it holds.

    Args:
        tag: name of the element.
        *children: what is in it: `Markup`, anything else that has a `str`,
            `None` for nothing, or lists of those.
        **attributes: `class_` becomes `class`, `aria_label` `aria-label`.
            `True` stands for an attribute without a value; `None` and
            `False` leave it out.

    Example:

    >>> element("p", element("b", "a < b"), " & ", ["c"], class_="x")
    '<p class="x"><b>a &lt; b</b> &amp; c</p>'
    """
    text = tag
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        text += " " + name.rstrip("_").replace("_", "-")
        if value is not True:
            text += f'="{escaped(value)}"'
    if tag in _EMPTY:
        return Markup(f"<{text}>")
    return Markup(f"<{text}>{joined(children)}</{tag}>")


def joined(children):
    """Returns one `Markup` of many things, each escaped unless it is one.

    >>> joined(["<", None, [Markup("<br>"), 7]])
    '&lt;<br>7'
    """
    if isinstance(children, Markup) or children is None:
        return Markup(children or "")
    if isinstance(children, (list, tuple)):
        return Markup("".join(joined(child) for child in children))
    return Markup(escaped(children))


def escaped(value):
    """Returns the text of `value` for an element or a quoted attribute.

    Letters that no page can hold, such as those of a file name that is no
    Unicode, are shown as Python writes them.

    >>> escaped('<"\\udc80">')
    '&lt;&quot;\\\\udc80&quot;&gt;'
    """
    text = _UNPRINTABLE.sub(lambda match: repr(match[0])[1:-1], str(value))
    return html.escape(text, quote=True)
