"""Whether an exported model paints as the model does."""
