// Reads a provider's bill in the browser: OpenRouter's activity or LiteLLM's spend log.
import { type ReadBill, Bill } from './bill.ts'
import { readEntries } from './json-entries.ts'
import { t } from '#shared/translate.ts'
import { type ParseResult, type Parser, parse } from 'papaparse'

const MAX_BYTES = 20 * 1024 * 1024

export async function readFile(file: File): Promise<ReadBill> {
  if (file.size > MAX_BYTES) {
    throw new Error(t`This file is larger than 20 MB. Export fewer days.`)
  }
  return (await isJson(file)) ? readJsonFile(file) : readCsvFile(file)
}

async function isJson(file: File): Promise<boolean> {
  const head = await file.slice(0, 100).text()
  return /^\uFEFF?\s*[[{]/.test(head)
}

async function readJsonFile(file: File): Promise<ReadBill> {
  const entries = readEntries(await file.text())
  const bill = new Bill([...new Set(entries.slice(0, 100).flatMap(Object.keys))])
  for (const [at, entry] of entries.entries()) bill.add((name) => entry[name], t`Entry ${at + 1}`)
  return bill.done()
}

async function readCsvFile(file: File): Promise<ReadBill> {
  const table: { bill?: Bill } = {}
  let columns = new Map<string, number>()
  await readCsv(await file.text(), ({ line, cells }) => {
    if (table.bill !== undefined) {
      table.bill.add((name) => cells[columns.get(name) ?? -1], t`Line ${line}`)
      return
    }
    columns = new Map(cells.map((name, index) => [name, index]))
    table.bill = new Bill(cells)
  })
  if (table.bill === undefined) throw new Error(t`This file is empty.`)
  return table.bill.done()
}

interface CsvRecord {
  /** The line where the record begins, counted from 1. */
  line: number
  cells: string[]
}

const CHARS_AT_ONCE = 256 * 1024

/**
 * Reads CSV in pieces, so that the page stays responsive while it reads a large file. The separator is the one
 * that the file uses. Calls back with each record that is not empty; what that throws ends the reading.
 */
function readCsv(text: string, onRecord: (record: CsvRecord) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let line = 1

  function take({ data, errors }: ParseResult<string[]>): void {
    const isOpen = errors.some(({ code }) => code === 'MissingQuotes')
    for (const [index, cells] of data.entries()) {
      if (isOpen && index === data.length - 1) {
        throw new Error(t`Line ${line}: a quotation mark is opened and never closed.`)
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
