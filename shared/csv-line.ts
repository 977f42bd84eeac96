// Formats a line of CSV (RFC 4180). Text comes from models and providers, and spreadsheets run cells
// that begin like a formula, so such a cell gets a leading apostrophe; numbers stay numbers. If a
// spreadsheet separates cells by semicolons, a formula can also begin inside a text.
export type CsvCell = string | number | null

const FORMULA = /^(?=[=+\-@\t\r\n])|(?<=[;\t\r\n])(?="*[=+\-@])/g

/** Returns one line with a final CRLF. Null becomes an empty cell. */
export function toCsvLine(cells: CsvCell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.replaceAll(FORMULA, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Formats dollars with all nine decimals. Null stays null. */
export function exactDollars(nanoUsd: number | null): string | null {
  if (nanoUsd === null) return null
  const digits = String(nanoUsd).padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`
}
