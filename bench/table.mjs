/** Columns as wide as they have to be, the first one flush left. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => `${row[column]}`.length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column ? `${cell}`.padStart(widths[column]) : `${cell}`.padEnd(widths[column])));
    console.log(`  ${cells.join("   ")}`.trimEnd());
  }
}
