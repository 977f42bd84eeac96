// The ledger as a file, page by page: a page is read only when the client has taken the one before.
import type { Database } from '../db/open.ts'
import { CSV_HEADER, toCsv } from './csv.ts'
import type { Period } from './period.ts'
import { callPages } from './store-export.ts'
import { fromRow } from './store-row.ts'
import { withCorrections } from './with-corrections.ts'

export async function* csvParts(db: Database, period: Period): AsyncGenerator<string> {
  yield CSV_HEADER
  for await (const page of callPages(db, period)) yield toCsv(page)
}

/** An array of what a receipt holds, one row per line. */
export async function* jsonParts(db: Database, period: Period): AsyncGenerator<string> {
  let before = '[\n'
  for await (const page of callPages(db, period)) {
    const calls = await withCorrections(db, page.map(fromRow))
    yield before + calls.map((call) => JSON.stringify(call)).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

export function streamed(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await parts.return(undefined)
    },
  })
}
