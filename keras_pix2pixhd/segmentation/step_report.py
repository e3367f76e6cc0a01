"""How far a training is, for a person."""

_LINES = 10


def step_report(steps, progress, log):
    """Returns the function that is called with each step and its loss.

    Args:
        steps: int, the number of all.
        progress: function of a step and the number of all; or `None` for
            lines, ten in all, with the mean loss since the last.
        log: function that prints a line.

    Example:

    >>> report = step_report(20, None, print)
    >>> report(1, 0.5), report(2, 0.25)
    step 2/20: loss 0.3750
    (None, None)
    """
    if progress is not None:
        return lambda step, loss: progress(step, steps)
    every, losses = -(-steps // _LINES), []

    def say(step, loss):
        losses.append(loss)
        if step % every == 0 or step == steps:
            log(f"step {step}/{steps}: loss {sum(losses) / len(losses):.4f}")
            losses.clear()

    return say
