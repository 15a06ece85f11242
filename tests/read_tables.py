"""Reads the files named as pandas and polars read them, and prints what is in them as JSON.

The Python of the group `clients` runs it: see tests/test_readers.py. A row is told as text.
"""

# mypy: ignore-errors
import json
import sys
from pathlib import Path

import pandas as pd
import polars as pl

PANDAS = {
    ".csv": pd.read_csv,
    ".tsv": lambda path: pd.read_csv(path, sep="\t"),
    ".json": lambda path: pd.read_json(path, dtype=False),
    ".jsonl": lambda path: pd.read_json(path, lines=True, dtype=False),
}
POLARS = {
    ".csv": pl.read_csv,
    ".tsv": lambda path: pl.read_csv(path, separator="\t"),
    ".json": lambda path: pl.read_json(path, infer_schema_length=None),
    ".jsonl": lambda path: pl.read_ndjson(path, infer_schema_length=None),
}

found = {}
for path in sys.argv[1:]:
    suffix = Path(path).suffix
    frame = PANDAS[suffix](path)
    found[f"pandas {path}"] = json.loads(frame.to_json(orient="records"))
    found[f"polars {path}"] = POLARS[suffix](path).to_dicts()
json.dump(found, sys.stdout, default=str)
