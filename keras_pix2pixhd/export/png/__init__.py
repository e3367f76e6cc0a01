"""PNG files in a TensorFlow graph: decoded, mapped to classes, encoded."""
