"""What trained models are worth, on pairs that they have not seen."""

from keras_pix2pixhd.evaluation.argument_checks import check_arguments
from keras_pix2pixhd.evaluation.evaluate_source import evaluate_source
from keras_pix2pixhd.evaluation.evaluation import Evaluation
from keras_pix2pixhd.evaluation.instruments import Instruments
from keras_pix2pixhd.evaluation.pairs.evaluation_data import open_data
from keras_pix2pixhd.evaluation.results.output_folder import opened_output
from keras_pix2pixhd.evaluation.results.protocol import make_protocol
from keras_pix2pixhd.evaluation.results.write_files import write_files
from keras_pix2pixhd.evaluation.subjects.painted_folder import PaintedFolder
from keras_pix2pixhd.evaluation.subjects.painter import Painter
from keras_pix2pixhd.evaluation.subjects.sources import find_sources

# on the numbers
_WITHOUT_EFFECT = ("output", "cache", "save_images", "progress", "log")


def evaluate(
    models,
    data=None,
    layout=None,
    classes=None,
    side="held_out",
    images=None,
    image_size=None,
    batch_size=1,
    metrics=None,
    feature_network=None,
    perceptual_weights=None,
    segmenter=None,
    features="encode",
    styles=0,
    training_images=1000,
    seed=0,
    examples=4,
    save_images=False,
    output=None,
    cache=None,
    instances=None,
    progress=None,
    log=print,
):
    """Compares what models paint with the real photographs.

    The folder of the result holds `metrics.json` (all numbers, and the whole
    protocol), `images.csv` (the numbers of each image) and `report.html`. It
    replaces that of an earlier evaluation at the end, as a whole. The same
    call gives the same numbers.

    Args:
        models: what is evaluated, one or a list of: a run folder, a `.keras`
            file, a `Pix2PixHDGAN`, or a folder of images that another program
            generated, named as the pairs. Several are compared, on the same
            real images at the same size.
        data: data folder, of files or of records. Default: that of the run.
        layout, classes: its layout and class table. Default: as the run read
            it.
        side: `"held_out"` (default), `"train"` or `"all"` of the pairs, by
            the run's own split.
        images: int, how many of them, evenly spread. Default: all.
        image_size: `(height, width)` to paint and compare at. Default: that
            of the run, reached as in its training.
        batch_size: int, default 1. Pairs painted at once.
        metrics: names of `metrics.METRICS`. Default: all that the networks
            below allow.
        feature_network: `FeatureNetwork`, or what it is made from, or `None`
            (default): no distances between distributions.
        perceptual_weights: `PerceptualNetwork`, or the weights of one, or
            `None` (default): no perceptual distance. Its mean activations
            are measured anew, on 16 of the training photographs, so that
            they do not depend on which images are evaluated. Random weights
            are refused.
        segmenter: the file or folder of one, or a model, see
            `metrics.segment`; or `None` (default): no segmentation score.
        features: for models with instance features: `"encode"` (default:
            those of the real photograph), `"sample"` or else, as of
            `generate_folder`.
        styles: int, default 0. How many styles of a label map to compare, at
            least 2, for the diversity of models with instance features.
        training_images: int, default 1000. Training photographs, evenly
            spread, to look for near ones in; with a feature network. 0: none.
        seed: int >= 0, of the subsets, the styles and the random examples.
        examples: int, default 4. How many of the best, of the worst and of
            random images to show.
        save_images: bool, default False. Whether to keep the generated
            images: `generated/NAME/PAIR.png`.
        output: folder to write, new or that of an earlier evaluation.
            Default: `RUN/evaluation` for one run, the next number in
            `evaluations` else; nothing for models in memory. `False`:
            nothing.
        cache: folder to keep the features of real images in, for the next
            evaluation. Default: not kept.
        instances: for models that see instances: `"files"` or
            `"components"`. Default: as the run was trained.
        progress: function from what is being done, a str, to a function of
            how many are done, of how many, and the name of the last.
        log: function that prints a line, default `print`.

    Returns:
        `Evaluation`.

    Raises:
        ValueError: if a model, the data, a network or an argument is not as
            it must be; mostly before anything is painted.

    Example:

    ```python
    evaluation = evaluate("runs/0001-toy", metrics=["l1", "ssim"])
    evaluation.runs[0].metrics["ssim"]
    ```
    """
    arguments = dict(locals())
    for name in _WITHOUT_EFFECT:
        del arguments[name]
    check_arguments(
        side,
        instances,
        styles,
        images=(images, 1),
        training_images=(training_images, 0),
        seed=(seed, 0),
        examples=(examples, 0),
        batch_size=(batch_size, 1),
    )
    sources = find_sources(models)
    opened = open_data(
        sources,
        data=data,
        layout=layout,
        classes=classes,
        side=side,
        images=images,
        image_size=image_size,
        batch_size=batch_size,
        training_images=training_images,
        log=log,
    )
    painting = {"features": features, "styles": styles, "instances": instances}
    place = opened_output(output, sources, opened.folder, log)
    with place as (folder, part):
        instruments = Instruments(
            opened,
            metrics,
            feature_network,
            perceptual_weights,
            segmenter,
            cache,
            seed,
            progress,
        )
        painters = _painters(sources, opened, seed=seed, **painting)
        showing = {
            "examples": examples,
            "folder": part if save_images else None,
            "progress": progress,
        }
        runs = [
            evaluate_source(
                source, painter, opened, instruments, styles, seed, **showing
            )
            for source, painter in zip(sources, painters, strict=True)
        ]
        settings = {**painting, "batch_size": batch_size, "seed": seed}
        protocol = make_protocol(opened, instruments, runs, settings, arguments)
        evaluation = Evaluation(protocol, runs, folder)
        if part is not None:
            write_files(evaluation, part)
    return evaluation


def _painters(sources, data, **painting):
    """Yields what paints for each source; one model at a time in memory."""
    folders = {
        source.name: PaintedFolder(source, data.evaluated)
        for source in sources
        if source.kind == "images"  # whose gaps are found before all painting
    }
    for source in sources[1:]:
        if source.name not in folders:  # does it load and fit, all of them?
            Painter(source, data.evaluated, **painting)
    for source in sources:
        yield folders.get(source.name) or Painter(
            source, data.evaluated, **painting
        )
