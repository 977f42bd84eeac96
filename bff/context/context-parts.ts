// Lists the parts of a request: the largest, and one that stands for the rest.
import type { ContextPart } from '#shared/context.ts'
import type { MeasuredItem } from './measure.ts'
import { plural, t } from '#shared/translate.ts'

export const LABEL_CHARS = 80

export function toPart({ sent, stored, tokens }: MeasuredItem): ContextPart {
  const { kind, label, callId } = sent
  return {
    kind,
    label: label.trim().slice(0, LABEL_CHARS),
    messageId: stored?.messageId ?? null,
    callId,
    tokens,
    dropped: stored?.dropped ?? false,
  }
}

export function inProportion(parts: ContextPart[], inputTokens: number): ContextPart[] {
  const scaled = shares(
    parts.map(({ tokens }) => tokens),
    inputTokens,
  )
  return parts.map((part, index) => ({ ...part, tokens: scaled[index] ?? 0 }))
}

/** Merges the smallest parts into one. Only listed items become parts: there may be thousands. */
export function toParts(all: (ContextPart | MeasuredItem)[], most: number): ContextPart[] {
  const listed = largestOf(all, most)
  const parts = listed.map((part) => ('sent' in part ? toPart(part) : part))
  const merged = all.length - listed.length
  if (merged === 0) return parts
  const other: ContextPart = {
    kind: 'other',
    label: plural(merged, { one: t`1 smaller part`, other: t`${merged} smaller parts` }),
    messageId: null,
    callId: null,
    tokens: sumOf(all) - sumOf(listed),
    dropped: false,
  }
  return [...parts, other]
}

type Counted = Pick<ContextPart, 'tokens'>

/** Keeps the order. Of several equal parts, the first are listed. */
export function largestOf<Part extends Counted>(parts: Part[], most: number): Part[] {
  if (parts.length <= most) return parts
  const sorted = Int32Array.from(parts, ({ tokens }) => tokens).toSorted()
  const smallest = sorted[parts.length - most] ?? 0
  let equal = most - parts.filter(({ tokens }) => tokens > smallest).length
  return parts.filter(({ tokens }) => {
    if (tokens === smallest) equal -= 1
    return tokens > smallest || (tokens === smallest && equal >= 0)
  })
}

export function sumOf(parts: Counted[]): number {
  return parts.reduce((sum, { tokens }) => sum + tokens, 0)
}

/** Returns integers in proportion to `parts` whose sum is `whole`. */
export function shares(parts: number[], whole: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0)
  if (sum === 0) return parts.map(() => 0)
  const exact = parts.map((part) => (part * whole) / sum)
  const floors = exact.map(Math.floor)
  let missing = whole - floors.reduce((total, floor) => total + floor, 0)
  // Adds the missing units to the largest fractions.
  const byFraction = exact
    .map((value, index) => ({ index, fraction: value - Math.floor(value) }))
    .toSorted((a, b) => b.fraction - a.fraction)
  for (const { index } of byFraction) {
    if (missing <= 0) break
    floors[index] = (floors[index] ?? 0) + 1
    missing -= 1
  }
  return floors
}
