"""What servers held while they answered, as a picture."""

from .memory import MIB

_INK = "#222222"
_COLORS = ("#1f5fa8", "#c8691c", "#3b8f52", "#8a4fa3", "#8a8a8a")


def write_memory_chart(path, title, curves):
    """Draws a line for each format: MiB held against requests answered.

    Args:
        path: of the PNG.
        title: str.
        curves: dict from the name of a format to a curve, as `memory_curve`
            returns it.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot, ticker

    figure, panel = pyplot.subplots(figsize=(8, 4.5), layout="constrained")
    for place, (name, curve) in enumerate(curves.items()):
        held = [number / MIB for number in curve["held"]]
        color = _COLORS[place % len(_COLORS)]
        style = {"color": color, "linewidth": 1.6, "label": name}
        panel.plot(curve["requests"], held, **style)
    panel.legend(loc="lower right", frameon=False, fontsize=9.5)
    panel.set_title(title, loc="left", fontsize=12, color=_INK)
    panel.set_xlabel("requests answered", color=_INK)
    panel.set_ylabel("MiB held", color=_INK)
    panel.set_ylim(bottom=0)
    panel.set_xlim(left=0)
    panel.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    panel.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    panel.tick_params(labelsize=9, colors=_INK)
    panel.grid(True, color="#e4e4e4", linewidth=0.8)
    panel.set_axisbelow(True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
    figure.savefig(path, dpi=130)
    pyplot.close(figure)
