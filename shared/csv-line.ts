// A line of CSV (RFC 4180). Text comes from models and providers, and a spreadsheet runs what begins
// like a formula, so such a cell gets an apostrophe in front; numbers stay numbers. Where a spreadsheet
// separates cells by semicolons, a formula can begin in the middle of a text.
export type CsvCell = string | number | null

const FORMULA = /^(?=[=+\-@\t\r\n])|(?<=[;\t\r\n])(?="*[=+\-@])/g

export function toCsvLine(cells: CsvCell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.replaceAll(FORMULA, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Dollars with all nine decimals. */
export function exactDollars(nanoUsd: number | null): string | null {
  if (nanoUsd === null) return null
  const digits = String(nanoUsd).padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`
}
