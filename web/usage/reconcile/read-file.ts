// Reads a provider's bill in the browser: OpenRouter's activity or LiteLLM's spend log.
import { Bill, type ReadBill } from './bill.ts'
import { readCsv } from './csv-reader.ts'
import { readEntries } from './json-entries.ts'
import { t } from '#shared/translate.ts'

const MAX_BYTES = 20 * 1024 * 1024

export async function readFile(file: File): Promise<ReadBill> {
  if (file.size > MAX_BYTES) {
    throw new Error('This file is larger than 20 MB. Export fewer days.')
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
  if (table.bill === undefined) throw new Error('This file is empty.')
  return table.bill.done()
}
