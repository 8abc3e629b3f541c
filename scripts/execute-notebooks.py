"""Executes all notebooks of a directory, in it. Prints what each calls `checked`, as JSON by name; with --update writes their outputs back, without
what would differ at the next execution."""

import json
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

REPORT = """
import json as _json
for _method, _words in (("to_dicts", ()), ("to_dict", ("records",))):
    if hasattr(checked, _method):
        checked = getattr(checked, _method)(*_words)
        break
print(_json.dumps(checked, default=float))
"""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(path: pathlib.Path, update: bool) -> object:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(REPORT))
    NotebookClient(
        notebook,
        timeout=300,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],
    ).execute()
    (report,) = notebook.cells.pop().outputs
    if update:
        notebook.metadata = METADATA
        for cell in notebook.cells:
            cell.metadata = {}
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "image/png" in data:
                    data.pop("text/plain", None)
        nbformat.write(notebook, path)
    return json.loads(report.text)


if __name__ == "__main__":
    books = sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb"))
    print(json.dumps({book.name: execute(book, "--update" in sys.argv) for book in books}))
