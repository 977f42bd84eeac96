// Fits a request to the window of its model: the history in front of it is measured once, and each
// request is made of as much as fits. The model's window may be unknown; then everything is sent.
import type { AgentInputItem } from '@openai/agents'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { referencesIn } from '../upstream/file-reference.ts'
import { resultText } from '../upstream/items.ts'
import { textsIn } from '../upstream/request-text.ts'
import type { LeftOut, UnsentResult } from '../upstream/agent-run.ts'
import { type Countable, countTokens } from './counted-tokens.ts'
import { countedText, sentText } from './history.ts'
import {
  describePlan,
  type FitPlan,
  NOTHING_LEFT_OUT,
  pinnedIn,
  planFit,
  roomIn,
  type SizedEntry,
} from './plan-fit.ts'
import { NO_ROOM_FOR_FILES, shortened, shortenedTokens } from './shorten-result.ts'

export interface FitRules {
  /** In tokens. Null: unknown. */
  window: number | null
  /** The output limit of the settings. Null: none. */
  outputLimit: number | null
  /** The texts of every request: instructions and tools. */
  fixed: string[]
}

export interface Fitted {
  input: AgentInputItem[]
  leftOut: LeftOut
  /** In the order of the conversation. */
  unsent: UnsentResult[]
  /** The tokens of the whole request, estimated. Null if nothing had to be counted. */
  tokens: number | null
}

/**
 * Returns the input of a request: what fits of the history, then what the run itself has produced.
 * `share`: of the room that the window has by Tally's own count.
 */
export type Fit = (own: AgentInputItem[], share?: number) => Promise<Fitted>

export function fitAfter(history: AgentInputItem[], rules: FitRules): Fit {
  const { window, outputLimit } = rules
  const fixed = rules.fixed.map(toMeasured)
  let measured: Promise<Measured[]> | undefined
  /** The runner copies its items for every request. */
  const ownByText = new Map<string, Measured>()
  return async (own, share = 1) => {
    const input = [...history, ...own]
    const everything = { input, leftOut: NOTHING_LEFT_OUT, unsent: [], tokens: null }
    if (window === null) return everything
    const headroom = roomIn(window, outputLimit) * share
    const before = await (measured ??= measure(history))
    const after = (await measure(own)).map((one) => {
      const known = ownByText.get(one.text) ?? one
      ownByText.set(one.text, known)
      // What the person says meanwhile begins no turn.
      const kind = one.kind === 'user' ? 'assistant' : one.kind
      return { ...one, kind, item: known.item }
    })
    const all = [...before, ...after]
    if (maxTokens(all) + maxTokens(fixed) <= headroom) return everything
    const head = (await countTokens(fixed)).reduce((sum, tokens) => sum + tokens, 0)
    const counts = await countTokens(all)
    // Each of these takes a few milliseconds for a long history.
    await yieldToEventLoop()
    const sizes = sizesOf(all, counts)
    const pinned = sizes.splice(0, pinnedIn(sizes))
    const always = pinned.reduce((sum, { tokens }) => sum + tokens, head)
    await yieldToEventLoop()
    const plan = planFit(sizes, headroom - always)
    await yieldToEventLoop()
    const { sentTokens, ...leftOut } = describePlan(sizes, plan)
    const rest = input.slice(pinned.length)
    const sent = [...input.slice(0, pinned.length), ...fitted(rest, plan)]
    const unsent = unsentResults(rest, sizes, plan)
    return { input: sent, leftOut, unsent, tokens: always + sentTokens }
  }
}

function fitted(input: AgentInputItem[], { from, shortBefore }: FitPlan): AgentInputItem[] {
  const shortEnd = Math.max(from, shortBefore)
  return [...input.slice(from, shortEnd).map(withShortResult), ...input.slice(shortEnd)]
}

function unsentResults(
  input: AgentInputItem[],
  sizes: readonly SizedEntry[],
  { from, shortBefore }: FitPlan,
): UnsentResult[] {
  return input.slice(0, Math.max(from, shortBefore)).flatMap((item, index) => {
    if (item.type !== 'function_call_result') return []
    const { tokens = 0, shortTokens = 0 } = sizes[index] ?? {}
    return [{ callId: item.callId, tokens: index < from ? null : tokens - shortTokens }]
  })
}

interface Measured extends Countable {
  kind: SizedEntry['kind']
  bytes: number
}

const ENTRIES_AT_ONCE = 500

async function measure(entries: AgentInputItem[]): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const [index, item] of entries.entries()) {
    if (index > 0 && index % ENTRIES_AT_ONCE === 0) await yieldToEventLoop()
    const { kind, text } = sentText(item) ?? { kind: 'assistant', text: textsIn(item).join('') }
    measured.push({ item, kind, text, bytes: Buffer.byteLength(text) })
  }
  return measured
}

function toMeasured(text: string): Measured {
  return { item: {}, kind: 'assistant', text, bytes: Buffer.byteLength(text) }
}

/** No tokenizer makes more tokens than there are bytes, so most requests need not be counted. */
function maxTokens(measured: Measured[]): number {
  return measured.reduce((sum, { bytes }) => sum + bytes, 0)
}

function sizesOf(measured: Measured[], counts: number[]): SizedEntry[] {
  return measured.map(({ kind, text }, index) => {
    const tokens = counts[index] ?? 0
    return {
      kind,
      tokens,
      shortTokens: kind === 'tool_result' ? shortenedTokens(text, tokens) : tokens,
    }
  })
}

function withShortResult(entry: AgentInputItem): AgentInputItem {
  if (entry.type !== 'function_call_result') return entry
  const whole = countedText(entry.output)
  if (shortened(whole) === whole) return entry
  const files = referencesIn(entry.output).length > 0 ? `\n${NO_ROOM_FOR_FILES}` : ''
  const text = shortened(resultText(entry.output)) + files
  return { ...entry, output: { type: 'text', text } as const }
}
