"""Numbers in prose: {{ accuracy:.1%}} is the inside of an f-string, evaluated where it stands while the chapter runs.

So prose says what the output beside it says, in both languages. The editions hold the result as plain text, and in the
cell's metadata what came of each expression, for when prose is made anew without running.
"""

import ast
import re
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode

EXPRESSION = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
VALUES = "computed"  # in a prose cell's metadata: expression to text


class Client(NotebookClient):
    """Runs a chapter's cells in order, and evaluates what stands in the prose between them."""

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: Any) -> NotebookNode:
        """Run a code cell; give a prose cell its values."""
        if cell.cell_type == "markdown":
            values = {expression: await self.evaluate(expression) for expression in expressions(cell)}
            remember(cell, values)
            return cell
        return await super().async_execute_cell(cell, cell_index, **kwargs)

    async def evaluate(self, expression: str) -> str:
        """Return the text that an expression gives in the kernel, which does not count it as a cell."""
        code = f"f'''{{{expression}}}'''"
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={"text": code})
        reply = await self.async_wait_for_reply(asked)
        result = reply["content"]["user_expressions"]["text"]
        if result["status"] != "ok":
            raise RuntimeError(f"{{{{{expression}}}}} in the prose: {result['ename']}: {result['evalue']}")
        return str(ast.literal_eval(result["data"]["text/plain"]))


def expressions(cell: NotebookNode) -> list[str]:
    """Return the expressions in a prose cell, without the space around them."""
    return [found.strip() for found in EXPRESSION.findall(cell.source)]


def remember(cell: NotebookNode, values: dict[str, str]) -> None:
    """Give a prose cell what its expressions came to."""
    if values:
        cell.metadata[VALUES] = values


def filled(cell: NotebookNode) -> str:
    """Return a prose cell's text with the values in place of the expressions."""
    return EXPRESSION.sub(lambda found: cell.metadata[VALUES][found[1].strip()], cell.source)


def stored_values(notebook: NotebookNode, setup: str) -> dict[tuple[int, str], str]:
    """Return what an edition's expressions came to, each known by how many cells of the chapter ran before it."""
    known, ran = {}, 0
    for cell in notebook.cells:
        ran += cell.cell_type == "code" and cell.get("id") != setup
        known |= {(ran, expression): text for expression, text in cell.metadata.get(VALUES, {}).items()}
    return known
