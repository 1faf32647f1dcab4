"""``python -m exporter``: the command."""

from exporter.cli.main import main

if __name__ == "__main__":
    main()
