// The reading thread: parsing and converting a conversation takes longer than the event loop may wait. It
// reads on when what it has told is written.
import { parentPort, workerData } from 'node:worker_threads'
import { ImportRefused } from './import-refused.ts'
import { type FromReader, type Read, ReadJob } from './read-messages.ts'
import { readSource } from './read-source.ts'

/** Small conversations come together, and are written together. */
const MAX_READS = 60
const MAX_MESSAGES = 20

async function run(job: ReadJob): Promise<void> {
  let reads: Read[] = []
  let messages = 0
  const tell = async () => {
    const next = new Promise<void>((resolve) => parentPort?.once('message', () => resolve()))
    parentPort?.postMessage({ read: reads } satisfies FromReader)
    reads = []
    messages = 0
    await next
  }
  for await (const read of readSource(job)) {
    reads.push(read)
    if (read.type === 'messages') messages += read.messages.length
    const isFull = reads.length >= MAX_READS || messages >= MAX_MESSAGES
    if (isFull || read.type === 'lines') await tell()
  }
  if (reads.length > 0) await tell()
  parentPort?.postMessage({ end: true } satisfies FromReader)
}

try {
  await run(ReadJob.parse(workerData))
} catch (error) {
  if (!(error instanceof ImportRefused)) throw error
  parentPort?.postMessage({ refused: error.message } satisfies FromReader)
}
