"""Which instances a model is shown."""


def finds_components(gan, source, evaluated, instances):
    """Whether instances are made of the label map.

    Args:
        gan: `Pix2PixHDGAN`.
        source: `Source` of it.
        evaluated: `EvaluatedPairs`.
        instances: `"files"`, `"components"`, or `None`: as in the training.

    Raises:
        ValueError: if it needs instances that cannot be had.
    """
    if not gan.needs_instances:
        return False
    if instances is None and source.config is not None:
        instances = source.config.instances
    if instances == "components":
        _check_regions(source, evaluated)
        return True
    kinds = evaluated.parts[0].kinds
    if "instance" not in kinds:
        raise ValueError(
            f"{source.name} sees instances: the data must have instance "
            f"maps. Received: {' and '.join(kinds)} only. Say --instances "
            "components for the connected regions of the label maps."
        )
    return False


def _check_regions(source, evaluated):
    if evaluated.class_table is None:
        raise ValueError(
            "instances='components' are the connected regions of a label map. "
            f"Received them for {source.name} and data without classes. Add "
            "instance maps to the data."
        )
