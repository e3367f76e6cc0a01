"""How different the styles of a model are."""

from keras_pix2pixhd.data.partition import evenly
from keras_pix2pixhd.metrics import PairwiseDiversity, PerceptualDistance, l1

_LABEL_MAPS = 24
_ALIKE = 0.5  # mean difference in grey levels that nobody sees


def measure_diversity(painter, pairs, instruments, styles, name, progress=None):
    """Draws styles for some label maps and compares them.

    Args:
        painter: `Painter` or `PaintedFolder`.
        pairs: `EvaluatedPairs`; up to 24 are picked, evenly.
        instruments: `Instruments`.
        styles: int, for each label map; 0: none.
        name: str, what is evaluated.
        progress: of `evaluate`.

    Returns:
        Dict from key to mean distance between styles, and warnings, a list;
        `None` and none where there are no styles.
    """
    if not styles or not painter.has_styles:
        return None, []
    metrics = [PairwiseDiversity(l1, "l1")]
    network = instruments.perceptual_network
    if network is not None:
        perceptual = PerceptualDistance(network)
        metrics.append(PairwiseDiversity(perceptual.distances, perceptual.key))
    some = pairs.select(evenly(pairs.names, _LABEL_MAPS))
    report = progress and progress(f"{name} in styles")
    done = 0
    for names, batch in some.batches():
        for place, one in enumerate(names):
            only = {k: a[place : place + 1] for k, a in batch.items()}
            images = painter.paint_styles(one, only, styles)
            for metric in metrics:
                metric.update_state(images)
            done += 1
            if report:
                report(done, len(some), one)
    found = {}
    for metric in metrics:
        found |= metric.result()
    return found, _warnings(found[f"diversity_l1_s{styles}"])


def _warnings(difference):
    if difference >= _ALIKE:
        return []
    return [
        f"The styles differ by {difference:.2g} grey levels only: "
        "a label map is painted in one way, whatever style is drawn."
    ]
