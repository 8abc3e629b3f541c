/** Rows of text as aligned columns for a terminal. */
export function alignedTable(headings, rows) {
  const widths = widthsOf(headings, rows);
  const line = (cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return [line(headings), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The same in Markdown. */
export function markdownTable(headings, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function widthsOf(headings, rows) {
  return headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column].length)));
}
