"""What the benchmarks share: sides in processes of their own, in turns.

A benchmark measures the checkout that it lies in, whatever is installed.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[2]

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
