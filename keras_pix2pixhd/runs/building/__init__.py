"""From a configuration to a compiled model."""
