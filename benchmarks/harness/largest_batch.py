"""The largest batch that all sides bear."""

from .side_process import OutOfMemoryError

MOST = 1024


def largest(bears, most=MOST):
    """The largest number that `bears` is true of: doubling, then bisecting.

    Args:
        bears: function from int to bool, true up to some number.
        most: int. Where to stop.

    Returns:
        int, 0 where not even 1 is borne.

    Example:

    >>> largest(lambda size: size <= 6)
    6
    """
    least, size = 0, 1
    while size <= most and bears(size):
        least, size = size, 2 * size
    above = min(size, most + 1)
    while above - least > 1:
        middle = (least + above) // 2
        if bears(middle):
            least = middle
        else:
            above = middle
    return least


def bears(side, work, steps=2):
    """Whether a side does some steps, alone in a fresh process."""
    try:
        with side.opener(work)() as process:
            for _ in range(steps):
                process.run(1)
    except OutOfMemoryError:
        return False
    return True


def largest_common(sides, work, say=print):
    """The largest batch of all sides; each next one is asked for no more.

    Raises:
        ValueError: if a side does not bear a batch of one.
    """
    found = MOST
    # the reference first: nothing of it has to be compiled
    for side in sorted(sides, key=lambda side: not side.is_reference):

        def alone(size, side=side):
            return bears(side, work.replace(batch_size=size))

        # most often the next side bears what the one before did
        if found == MOST or not alone(found):
            found = largest(alone, found)
        say(f"largest batch that {side.name} bears, up to the last: {found}")
        if not found:
            raise ValueError(
                "Every side must bear a batch of one. Received: image_size="
                f"{work.image_size}, which {side.name} does not. Give a "
                "smaller --image-size."
            )
    return found
