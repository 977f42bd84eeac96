// Adds up a provider's bill per UTC day and model, in exact decimals that are rounded once.
import { divide, scaled } from '#shared/decimal.ts'
import { type BilledRow, MAX_BILLED_ROWS } from '#shared/reconcile.ts'
import { type Columns, columnsOf, type Source, sourceOf } from './columns.ts'
import { t } from '#shared/translate.ts'

/** Reads a column of one entry of a file. */
export type Entry = (column: string) => string | undefined

export interface ReadBill {
  source: Source
  rows: BilledRow[]
  /** The number of entries in the file. */
  entries: number
  first: string
  last: string
}

const DECIMALS = 18
const PER_NANO = 10n ** 9n

interface Sum {
  row: BilledRow
  amount: bigint
}

export class Bill {
  readonly #columns: Columns
  readonly #sums = new Map<string, Sum>()
  #entries = 0

  constructor(names: string[]) {
    this.#columns = columnsOf(names)
  }

  /** `position` names the entry in errors, like "Line 12". */
  add(entry: Entry, position: string): void {
    const { time, model, cost, ownKeyCost } = this.#columns
    const day = dayOf(entry(time), `${position}, ${time}`)
    const name = entry(model)?.trim() || 'unknown'
    const amount = amountOf(entry(cost), `${position}, ${cost}`)
    const own = ownKeyCost === null ? undefined : entry(ownKeyCost)?.trim()
    const upstream =
      own === undefined || own === '' ? 0n : amountOf(own, `${position}, ${ownKeyCost}`)
    const sum = this.#sumOf(day, name)
    sum.amount += amount + upstream
    this.#count(sum.row, entry)
    this.#entries += 1
  }

  done(): ReadBill {
    const rows = [...this.#sums.values()].map(({ row, amount }) => ({
      ...row,
      costNanoUsd: Number(divide(amount, PER_NANO)),
    }))
    const days = rows.map(({ day }) => day).toSorted()
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined) throw new Error(t`This file has no entries.`)
    if (rows.length > MAX_BILLED_ROWS) {
      throw new Error(t`This file covers too many days and models. Export fewer days.`)
    }
    return { source: sourceOf(this.#columns), rows, entries: this.#entries, first, last }
  }

  #sumOf(day: string, model: string): Sum {
    const key = `${day} ${model}`
    const found = this.#sums.get(key)
    if (found !== undefined) return found
    const nothing = { costNanoUsd: 0, calls: 0, inputTokens: null, outputTokens: null }
    const sum = { row: { day, model, ...nothing }, amount: 0n }
    this.#sums.set(key, sum)
    return sum
  }

  #count(row: BilledRow, entry: Entry): void {
    const { calls, inputTokens, outputTokens } = this.#columns
    const count = (column: string | null) => (column === null ? null : countOf(entry(column)))
    row.calls = (row.calls ?? 0) + (count(calls) ?? 1)
    row.inputTokens = plus(row.inputTokens, count(inputTokens))
    row.outputTokens = plus(row.outputTokens, count(outputTokens))
  }
}

function amountOf(text: string | undefined, position: string): bigint {
  const amount = scaled((text ?? '').trim().replace(/^\$/, ''), DECIMALS)
  if (amount !== null) return amount
  throw new Error(t`${position}: ${quoted(text)} is not an amount in dollars.`)
}

/** Reads the day. A time without a zone is in UTC, as in all these exports. */
function dayOf(text: string | undefined, position: string): string {
  const time = (text ?? '').trim()
  const hasZone = /\d(?:Z|[+-]\d\d:?\d\d)$/.test(time) && time.length > 10
  const day = hasZone ? time.replace(' ', 'T') : `${time.slice(0, 10)}T00:00:00Z`
  const date = new Date(day)
  const isDay = /^\d{4}-\d\d-\d\d/.test(time) && !Number.isNaN(date.getTime())
  if (isDay) return date.toISOString().slice(0, 10)
  throw new Error(t`${position}: ${quoted(text)} is not a time like 2026-11-02 08:30:00.`)
}

function countOf(text: string | undefined): number | null {
  const found = /^\d{1,15}(?=\.0*$|$)/.exec(text?.trim() ?? '')
  return found === null ? null : Number(found[0])
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0)
}

function quoted(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? 'nothing' : `“${text.trim().slice(0, 40)}”`
}
