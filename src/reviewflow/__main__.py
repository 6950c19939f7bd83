"""``python -m reviewflow``."""

from reviewflow.cli.main import main

main()
