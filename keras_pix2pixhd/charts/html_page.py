"""One HTML page, whole in itself."""

import base64
import hashlib

from keras_pix2pixhd.charts.markup import Markup, element


def html_page(title, body, style, script=None):
    """Returns a page that opens offline.

    Its policy lets a browser run no script and fetch nothing but what
    this package wrote, so that data cannot, whatever it holds.

    Args:
        title: str.
        body: list of what is in it, as `element` takes it.
        style: str, CSS.
        script: str, JavaScript that runs after the body, or `None` (default).

    Example:

    >>> page = html_page("Cars", ["<b>"], "p { margin: 0; }")
    >>> page[:15], "&lt;b&gt;" in page, "script" in page
    ('<!DOCTYPE html>', True, False)
    """
    if script is not None:
        body = [body, element("script", Markup(script))]
    html = element(
        "html", _head(title, style, script), element("body", body), lang="en"
    )
    return f"<!DOCTYPE html>\n{html}\n"


def _head(title, style, script):
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; style-src {_hash(style)}"
    )
    if script is not None:
        policy += f"; script-src {_hash(script)}"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element(
            "meta",
            name="viewport",
            content="width=device-width, initial-scale=1",
        ),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(style)),
    )


def _hash(text):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
