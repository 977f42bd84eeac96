// The ledger's figures: one row per call, and usage, at growing numbers of rows.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toolUsageRoutes } from '../../bff/context/usage-routes.ts'
import { openDatabase } from '../../bff/db/open.ts'
import { ledgerRoutes } from '../../bff/ledger/routes.ts'
import { closeCall, openCall } from '../../bff/ledger/calls/call-store.ts'
import { sampleCall } from './call.mjs'
import { generatedFolder } from './folder.mjs'
import { fillWithCalls, LEDGER_DAYS, LEDGER_START } from './ledger-rows.mjs'
import { atMost, best, timed } from './timing.mjs'

const generator = join(import.meta.dirname, 'ledger-rows.mjs')
const SIZES = [1000, 100_000, 1_000_000]
const SUMMARY = '/api/usage/summary'
const CALLS = '/api/usage/calls'
const TOOL_USES = '/api/usage/tool-uses'
const KINDS = ['conversation', 'model', 'provider', 'agent', 'purpose', 'day', 'tool']

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
  yield atMost('L1', 'the same, p99', large.write.p99, 10)
  yield growth(
    'L1',
    'the same at 1,000,000 rows / at 1,000',
    large.write.median / small.write.median,
  )
  for (const [name, { median, p99 }] of Object.entries(middle.queries)) {
    const more = large.queries[name]
    yield atMost('L2', `usage ${name}, 100,000 rows, median`, median, 100)
    yield atMost('L2', `usage ${name}, 100,000 rows, p99`, p99, 100)
    // Ten times the rows may take ten times as long if the rows themselves are added up.
    const most = name.endsWith('of one purpose') ? 1000 : 100
    yield atMost('L2', `usage ${name}, 1,000,000 rows, median`, more.median, most)
    yield atMost('L2', `usage ${name}, 1,000,000 rows, p99`, more.p99, most)
    const addsRows = /of one (?:purpose|conversation)$|uses of a tool$/.test(name)
    yield growth('L2', 'the same, 1,000,000 / 100,000', more.median / median, addsRows ? 15 : 1.5)
  }
}

function growth(id, what, ratio, most = 1.5) {
  return { id, what, ratio, target: `<= ${most}`, holds: ratio <= most }
}

async function atSize(rows) {
  const folder = await generatedFolder(`ledger-${rows}`, generator, fillWithCalls(rows))
  const copy = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  cpSync(folder, copy, { recursive: true })
  const db = await openDatabase(join(copy, 'tally.db'))
  try {
    const queries = {}
    for (const [name, path, query] of queriesOf()) queries[name] = await asked(db, path, query)
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

/** All queries of the usage page: as it opens, for selected days, and filtered by each row. */
function queriesOf() {
  const day = (index, hour) =>
    new Date(LEDGER_START + (index * 24 + hour) * 3_600_000).toISOString()
  const month = `from=${day(LEDGER_DAYS - 31, 9)}&to=${day(LEDGER_DAYS - 1, 15)}`
  const model = 'model=model-3'
  const conversation = 'conversation=01900000-0000-7000-8000-000000000007'
  return [
    ['of a year', SUMMARY, ''],
    ...KINDS.map((by) => [`of a year by ${by}`, SUMMARY, `by=${by}`]),
    ['of a year by model, day by day', SUMMARY, 'by=model&series=day'],
    ['of a month by conversation, from 9 to 15 h', SUMMARY, `${month}&by=conversation`],
    ['of a month by model, from 9 to 15 h', SUMMARY, `${month}&by=model`],
    ['of a year by day, of one model', SUMMARY, `by=day&${model}`],
    ['of a year by purpose, of one model', SUMMARY, `by=purpose&${model}`],
    ['of a year by model, of one conversation', SUMMARY, `by=model&${conversation}`],
    ['of a year by conversation, of one purpose', SUMMARY, 'by=conversation&purpose=chat'],
    ['the newest fifty calls of a model', CALLS, model],
    ['the newest fifty calls of a conversation', CALLS, conversation],
    ['the newest fifty uses of a tool', TOOL_USES, 'tool=search'],
    ['the dearest fifty uses of a tool', TOOL_USES, 'tool=search&order=dearest'],
  ]
}

function asked(db, path, query) {
  const routes =
    path === TOOL_USES ? toolUsageRoutes({ db }) : ledgerRoutes({ db, isCounting: () => false })
  return best(() =>
    timed(15, async () => {
      const start = performance.now()
      const response = await routes.fetch(new Request(`http://localhost${path}?${query}`))
      const took = performance.now() - start
      const { totals, items } = await response.json()
      if (!(totals?.calls > 0 || items?.length > 0))
        throw new Error(`nothing was found for ${query}`)
      return took
    }),
  )
}
