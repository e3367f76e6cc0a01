"""An export that does not paint as the model does."""


class ParityError(Exception):
    """Raised where an exported model differs too much from the model.

    Attributes:
        parity: dict, what `check_parity` returned.
    """

    def __init__(self, parity):
        self.parity = parity
        bound = parity["bound"]
        super().__init__(
            f"The export must paint as the model does, within {bound['max']} "
            f"grey levels anywhere and {bound['mean']} on average. Received: "
            f"{parity['max']} and {parity['mean']:.3g} as "
            f"{parity['format']} with {parity['weights']} weights. Nothing "
            "was written. Choose other weights, such as float32."
        )
