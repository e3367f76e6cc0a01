"""Random changes of pairs, in the graph and in NumPy."""
