// Reads CSV (RFC 4180) in chunks, so that a large file is never in memory as a whole. The first line
// determines the separator.
export interface CsvRecord {
  /** The line where the record begins, counted from 1. */
  line: number
  cells: string[]
}

const SEPARATORS = [',', ';', '\t']

export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  let separator: string | null = null
  let records: CsvRecord[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  /** True after a quotation mark in a quoted cell: it ends the cell, or is the first of an escaped pair. */
  let isMark = false
  let line = 1
  let begins = 1
  let begun = ''

  const endCell = () => {
    cells.push(cell)
    cell = ''
    isMark = false
    isQuoted = false
  }
  const endRecord = () => {
    endCell()
    if (cells.length > 1 || cells[0]?.trim() !== '') records.push({ line: begins, cells })
    cells = []
    begins = line
  }
  const take = (char: string) => {
    if (char === '\n') line += 1
    if (isQuoted && !isMark) {
      if (char === '"') isMark = true
      else cell += char
    } else if (isMark && char === '"') {
      cell += char
      isMark = false
    } else if (char === separator) endCell()
    else if (char === '\n') endRecord()
    else if (char === '"' && cell === '' && !isMark) isQuoted = true
    else if (char !== '\r') cell += char
  }
  for await (const chunk of chunks) {
    begun += chunk
    if (separator === null && !begun.includes('\n')) continue
    separator ??= separatorOf(begun)
    for (const char of begun) take(char)
    begun = ''
    yield records
    records = []
  }
  separator ??= separatorOf(begun)
  for (const char of begun) take(char)
  if (isQuoted && !isMark) {
    throw new Error(`Line ${begins}: a quotation mark is opened and never closed.`)
  }
  if (cell !== '' || cells.length > 0) endRecord()
  yield records
}

function separatorOf(text: string): string {
  const head = text.split('\n', 1)[0] ?? ''
  const counted = SEPARATORS.map((separator) => ({ separator, n: head.split(separator).length }))
  return counted.toSorted((a, b) => b.n - a.n)[0]?.separator ?? ','
}
