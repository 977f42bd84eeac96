// The ledger's own figures: one row per call, and usage, at growing numbers of rows.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../bff/db/open.ts'
import { ledgerRoutes } from '../../bff/ledger/routes.ts'
import { closeCall, openCall } from '../../bff/ledger/store.ts'
import { sampleCall } from './call.mjs'
import { generatedFolder } from './folder.mjs'
import { fillWithCalls, LEDGER_DAYS, LEDGER_START } from './ledger-rows.mjs'
import { atMost, best, timed } from './timing.mjs'

const generator = join(import.meta.dirname, 'ledger-rows.mjs')
const SIZES = [1000, 100_000, 1_000_000]
const KINDS = ['conversation', 'model', 'provider', 'agent', 'purpose', 'day']

export async function* measureLedger() {
  const found = []
  for (const rows of SIZES) found.push(await atSize(rows))
  const [small, middle, large] = found
  yield atMost(
    'L1',
    'ledger, open and close of a call with both commits, median',
    large.write.median,
    2,
  )
  yield growth(
    'L1',
    'the same at 1,000,000 rows / at 1,000',
    large.write.median / small.write.median,
  )
  for (const [name, { median }] of Object.entries(middle.queries)) {
    yield atMost('L2', `usage ${name}, 100,000 rows, median`, median, 100)
    const more = large.queries[name].median
    yield atMost('L2', `usage ${name}, 1,000,000 rows, median`, more, 100)
    yield growth('L2', `the same, 1,000,000 / 100,000`, more / median)
  }
}

function growth(id, what, ratio) {
  return { id, what, ratio, target: '<= 1.5', holds: ratio <= 1.5 }
}

async function atSize(rows) {
  const folder = await generatedFolder(`ledger-${rows}`, generator, fillWithCalls(rows))
  const copy = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  cpSync(folder, copy, { recursive: true })
  const db = await openDatabase(join(copy, 'tally.db'))
  try {
    const queries = {}
    for (const [name, query] of periods()) queries[name] = await asked(db, query)
    const write = await best(() => timed(300, () => writeCall(db)))
    return { write, queries }
  } finally {
    await db.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function writeCall(db) {
  const call = sampleCall()
  await openCall(db, call)
  await closeCall(db, call)
}

function periods() {
  const day = (index, hour) =>
    new Date(LEDGER_START + (index * 24 + hour) * 3_600_000).toISOString()
  const month = `from=${day(LEDGER_DAYS - 31, 9)}&to=${day(LEDGER_DAYS - 1, 15)}`
  return [
    ['of a year', ''],
    ...KINDS.map((by) => [`of a year by ${by}`, `by=${by}`]),
    ['of a month by conversation, from 9 to 15 h', `${month}&by=conversation`],
    ['of a month by model, from 9 to 15 h', `${month}&by=model`],
  ]
}

function asked(db, query) {
  const routes = ledgerRoutes({ db })
  return best(() =>
    timed(15, async () => {
      const start = performance.now()
      const response = await routes.fetch(
        new Request(`http://localhost/api/usage/summary?${query}`),
      )
      const took = performance.now() - start
      const { totals } = await response.json()
      if (!(totals.calls > 0)) throw new Error(`nothing was found for ${query}`)
      return took
    }),
  )
}
