// Applies to measured items what the agents' runtime applies to a request: the same plan, so that what
// is counted is what is sent.
import {
  describePlan,
  type FitPlan,
  pinnedIn,
  planFit,
  roomIn,
  type SizedEntry,
} from '../runtime/plan-fit.ts'
import { shortenedTokens } from '../runtime/shorten-result.ts'
import type { LeftOut } from '../upstream/agent-run.ts'
import type { MeasuredItem } from './measure.ts'

export interface FitParameters {
  /** Null: unknown, and everything is sent. */
  window: number | null
  outputLimit: number | null
  /** Of instructions and tools. */
  fixedTokens: number
  /** Of the next question. */
  nextTokens: number
}

export interface FittedItems {
  /** The items that are sent, with the tokens they then have. */
  items: MeasuredItem[]
  leftOut: LeftOut
}

export function fitMeasured(items: MeasuredItem[], parameters: FitParameters): FittedItems {
  const { window, outputLimit, fixedTokens, nextTokens } = parameters
  const pinned = items.slice(0, pinnedIn(items.map(sizeOf)))
  const rest = items.slice(pinned.length)
  const sizes = rest.map(sizeOf)
  const always = pinned.reduce((sum, { tokens }) => sum + tokens, fixedTokens)
  const next: SizedEntry = { kind: 'user', tokens: nextTokens, shortTokens: nextTokens }
  const headroom = window === null ? Infinity : roomIn(window, outputLimit) - always
  const plan = headroom === Infinity ? EVERYTHING : planFit([...sizes, next], headroom)
  const { sentTokens: _, ...leftOut } = describePlan(sizes, plan)
  const sent = rest.slice(plan.from).map((item, index) => {
    const size = sizes[plan.from + index]
    const isShort = size?.kind === 'tool_result' && plan.from + index < plan.shortBefore
    return isShort ? { ...item, tokens: size.shortTokens } : item
  })
  return { items: [...pinned, ...sent], leftOut }
}

const EVERYTHING: FitPlan = { from: 0, shortBefore: 0 }

function sizeOf({ sent: { kind, text }, tokens }: MeasuredItem): SizedEntry {
  const shortTokens = kind === 'tool_result' ? shortenedTokens(text, tokens) : tokens
  return { kind, tokens, shortTokens }
}
