// Streams the ledger as a file. A page is read only after the client has taken the previous one.
import type { Database } from '../../db/open.ts'
import { CSV_HEADER, toCsv } from './csv.ts'
import { exportedCalls } from './export-store.ts'
import type { Scope } from '../sums/filter-store.ts'
import { fromRow } from '../calls/call-row-store.ts'
import { withCorrections } from '../calls/with-corrections.ts'

export async function* csvParts(db: Database, scope: Scope): AsyncGenerator<string> {
  yield CSV_HEADER
  for await (const page of exportedCalls(db, scope)) yield toCsv(page)
}

/** Yields a JSON array of receipt rows, one row per line. */
export async function* jsonParts(db: Database, scope: Scope): AsyncGenerator<string> {
  let before = '[\n'
  for await (const page of exportedCalls(db, scope)) {
    const calls = await withCorrections(db, page.map(fromRow))
    yield before + calls.map((call) => JSON.stringify(call)).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** Reports errors to `onError`; the client only sees that the file breaks off. */
export function streamed(
  parts: AsyncGenerator<string>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await parts.next()
        if (done === true) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        onError(error)
        controller.error(new Error('The file breaks off here.'))
      }
    },
    cancel: async () => {
      await parts.return(undefined)
    },
  })
}
