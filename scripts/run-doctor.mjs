// Shows what a check would cost, asks for consent, runs it, and prints each finding.
import { createInterface } from 'node:readline/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  FINDING_LABELS,
  formatPlan,
  formatPrice,
  PROBE_LABELS,
  VERDICT_LABELS,
} from '../shared/check-labels.ts'
import { formatAmount } from '../shared/money.ts'
import { visibleText } from '../shared/visible-text.ts'
import { runningTally } from './running-tally.mjs'

const USAGE = `npm run doctor -- [provider] [--model name] [--yes]

Checks what a provider's endpoint can do. By default the default provider and its default model.
Prints what that costs at most and asks before it is spent; with --yes it does not ask.
`
/** Tally cannot work with an endpoint that lacks these. */
const ESSENTIAL = ['models', 'streaming']
const WATCH_MS = 300

const options = readOptions()
const tally = await runningTally()
// The output was closed, as by `| head`, which is not a failure.
let isLeft = false
process.stdout.on('error', ({ code }) => {
  isLeft = true
  void tally.end().finally(() => process.exit(code === 'EPIPE' ? 0 : 1))
})
try {
  process.exitCode = await examine()
} catch (error) {
  if (!isLeft) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
} finally {
  await tally.end()
}

function readOptions() {
  const given = { model: { type: 'string' }, yes: { type: 'boolean' }, help: { type: 'boolean' } }
  try {
    const { values, positionals } = parseArgs({ options: given, allowPositionals: true })
    if (values.help !== true && positionals.length < 2)
      return { ...values, provider: positionals[0] }
  } catch {
    // An unknown option: printing the usage is more helpful.
  }
  process.stdout.write(USAGE)
  process.exit(1)
}

async function examine() {
  const provider = options.provider ?? (await defaultProvider())
  const path = `/api/providers/${encodeURIComponent(provider)}/check`
  const query =
    options.model === undefined ? '' : `?${new URLSearchParams({ model: options.model })}`
  const { model, plan } = await ask(path + query)
  say(`${provider}, ${model}`)
  for (const probe of plan)
    say(`  ${PROBE_LABELS[probe.probe].title().padEnd(24)}${formatPrice(probe)}`)
  say(formatPlan(plan))
  if (!(await isWanted(plan))) return 0
  const { findings, totals } = await makeCheck(path, model)
  const requests = totals.calls === 1 ? '1 request' : `${totals.calls} requests`
  say(`\n${requests}, ${formatAmount(totals)}. They are in the ledger with the purpose check.`)
  const isSound = ESSENTIAL.every((name) => {
    const verdict = findings.find(({ finding }) => finding === name)?.verdict
    return verdict === 'yes' || verdict === 'partly'
  })
  return isSound ? 0 : 1
}

async function defaultProvider() {
  const { default: standard, items } = await ask('/api/models')
  if (standard !== null) return standard.provider
  throw new Error(
    items[0]?.problem ?? 'There is no provider. See "Connect a provider" in README.md.',
  )
}

async function isWanted(plan) {
  if (options.yes === true || plan.every(({ atMostNanoUsd }) => atMostNanoUsd === 0)) return true
  if (!process.stdin.isTTY) {
    say('Add --yes to make the check.')
    return false
  }
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await reader.question('Make the check? [y/N] ')
  reader.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** Prints each finding as it arrives, and resolves with the report. */
async function makeCheck(path, model) {
  const startedAt = new Date().toISOString()
  const printed = new Set()
  const made = ask(path, { model })
  const settled = made.then(
    () => true,
    () => true,
  )
  say('')
  for (let isOver = false; !isOver;) {
    isOver = await Promise.race([delay(WATCH_MS, false), settled])
    const { card } = await ask(`${path}?${new URLSearchParams({ model })}`)
    for (const finding of card?.findings ?? []) print(finding, startedAt, printed)
  }
  return (await made).card
}

function print({ finding, verdict, detail, at }, startedAt, printed) {
  if (at < startedAt || printed.has(finding)) return
  printed.add(finding)
  say(`  ${VERDICT_LABELS[verdict]().padEnd(11)}${FINDING_LABELS[finding]().padEnd(25)}${detail}`)
}

async function ask(path, body) {
  const response = await fetch(tally.address + path, {
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (response.ok) return answer
  throw new Error(answer.detail ?? answer.title)
}

/** Shows control characters of model names as marks, so that they cannot control the terminal. */
function say(line) {
  process.stdout.write(`${visibleText(line)}\n`)
}
