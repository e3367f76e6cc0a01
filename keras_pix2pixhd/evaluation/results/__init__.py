"""What an evaluation leaves: files, a table, the protocol."""
