"""What a failing step on JAX must not take with it."""


class KeptValues:
    """A train function of Keras on JAX that gives back what it was given.

    There `fit` takes the values out of all variables, and its first step puts
    new ones in. Where the first batch is not as it must be, no step comes,
    and without this no variable of the model would have a value any more.

    Args:
        model: the compiled model.
        function: what `make_train_function` made.
    """

    def __init__(self, model, function):
        self.model, self.function = model, function

    def __call__(self, state, iterator):
        try:
            return self.function(state, iterator)
        except Exception:
            self._give_back(state)
            raise

    def _give_back(self, state):
        model = self.model
        groups = (
            model.trainable_variables,
            model.non_trainable_variables,
            model.optimizer.variables,
            model.metrics_variables,
        )
        for variables, values in zip(groups, state, strict=True):
            for variable, value in zip(variables, values, strict=True):
                if not value.is_deleted():  # a step that began has used it up
                    variable.assign(value)
