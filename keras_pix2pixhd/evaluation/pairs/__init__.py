"""The pairs of an evaluation, the same for all that is evaluated."""
