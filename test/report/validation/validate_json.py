"""Validates FILE, or with --lines each of its lines, against the JSON Schema.

validate_json.py SCHEMA FILE [--lines]
"""
import json
import sys

import jsonschema


def main(schema_file, file, *options):
    with open(schema_file, encoding="utf-8") as stream:
        validator = jsonschema.Draft7Validator(json.load(stream))
    with open(file, "rb") as stream:
        text = stream.read().decode("utf-8")
    # Not splitlines(): a line may hold U+2028.
    values = text.split("\n")[:-1] if options == ("--lines",) else [text]
    failed = False
    for value in values:
        for error in validator.iter_errors(json.loads(value)):
            print(f"{list(error.absolute_path)}: {error.message}")
            failed = True
    return failed


sys.exit(main(*sys.argv[1:]))
