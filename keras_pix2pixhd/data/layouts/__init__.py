"""How data sets lie in folders, and which files make a pair."""
