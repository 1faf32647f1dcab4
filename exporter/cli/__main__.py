"""``python -m exporter.cli``."""

from exporter.cli.main import main

if __name__ == "__main__":
    main()
