"""What is evaluated: runs, models, folders of images."""
