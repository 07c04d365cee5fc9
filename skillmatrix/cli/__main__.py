"""``python -m skillmatrix.cli``: the same as ``skillmatrix``."""

from skillmatrix.cli import main

main()
