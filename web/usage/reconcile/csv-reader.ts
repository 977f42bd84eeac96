// Reads CSV in pieces, so that the page stays responsive while it reads a large file. The separator is the
// one that the file uses.
import { parse, type ParseResult, type Parser } from 'papaparse'

export interface CsvRecord {
  /** The line where the record begins, counted from 1. */
  line: number
  cells: string[]
}

const CHARS_AT_ONCE = 256 * 1024

/** Calls back with each record that is not empty; what that throws ends the reading. */
export function readCsv(text: string, onRecord: (record: CsvRecord) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let line = 1

  function take({ data, errors }: ParseResult<string[]>): void {
    const isOpen = errors.some(({ code }) => code === 'MissingQuotes')
    for (const [index, cells] of data.entries()) {
      if (isOpen && index === data.length - 1) {
        throw new Error(`Line ${line}: a quotation mark is opened and never closed.`)
      }
      if (cells.length > 1 || cells[0]?.trim() !== '') onRecord({ line, cells })
      line += cells.reduce((lines, cell) => lines + cell.split('\n').length - 1, 1)
    }
  }

  parse<string[]>(text, {
    chunkSize: CHARS_AT_ONCE,
    delimitersToGuess: [',', ';', '\t'],
    chunk: (results: ParseResult<string[]>, parser: Parser) => {
      try {
        take(results)
      } catch (error) {
        reject(error)
        return parser.abort()
      }
      parser.pause()
      setTimeout(() => parser.resume())
    },
    complete: () => resolve(),
  })
  return promise
}
