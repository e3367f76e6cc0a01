"""What `check_data` looks for, and how it tells."""
