// Adds up the lines of an answer's model calls by model, and by agent where there are several.
import type { ModelCall } from '#shared/ledger.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import { approximateMark } from './format-call.ts'
import { isFee, type ReceiptLine, receiptLines, unexplainedNanoUsd } from './receipt-lines.ts'
import { t } from '#shared/translate.ts'

export interface GroupLine extends ReceiptLine {
  key: string
  /** ≈ if a provider did not report the quantity. */
  mark: '≈' | ''
}

export interface ReceiptGroup {
  /** "gpt-5.6-mini", or "researcher · gpt-5.6-mini". */
  label: string
  calls: number
  lines: GroupLine[]
}

/** In the order of their first calls. */
export function receiptGroups(calls: ModelCall[]): ReceiptGroup[] {
  const byAgent = new Set(calls.map(({ agent }) => agent)).size > 1
  const groups = new Map<string, ReceiptGroup>()
  for (const call of calls) {
    const model = modelLabel(call.modelReturned ?? call.modelRequested)
    const label = visibleText(byAgent && call.agent !== null ? `${call.agent} · ${model}` : model)
    const group = groups.get(label) ?? { label, calls: 0, lines: [] }
    group.calls += 1
    for (const line of receiptLines(call)) addLine(group.lines, line, call)
    groups.set(label, group)
  }
  return [...groups.values()]
}

/** Returns the amounts that no line explains, in nano-dollars, and what they are. */
export function remainder(calls: ModelCall[]): { nanoUsd: number; label: string } {
  const lines = calls.map((call) => receiptLines(call))
  const parts = calls.map((call, index) => unexplainedNanoUsd(call, lines[index] ?? []))
  const nanoUsd = parts.reduce((sum, part) => sum + part, 0)
  if (calls.some(({ certainty }, index) => certainty === 'reported' && parts[index] !== 0)) {
    return { nanoUsd, label: t`The provider’s amount less these lines` }
  }
  // Each line is rounded by at most one nano-dollar; a larger remainder has another cause.
  const isRounding = Math.abs(nanoUsd) <= lines.flat().length
  return { nanoUsd, label: isRounding ? t`Rounding` : t`Not itemised` }
}

function addLine(lines: GroupLine[], line: ReceiptLine, call: ModelCall): void {
  const key = `${line.kind} ${line.perMillion}`
  const mark = isFee(line) ? '' : approximateMark(call)
  const known = lines.find((other) => other.key === key)
  if (known === undefined) {
    lines.push({ ...line, key, mark })
    return
  }
  known.quantity += line.quantity
  known.mark ||= mark
  known.amountNanoUsd =
    known.amountNanoUsd === null || line.amountNanoUsd === null
      ? null
      : known.amountNanoUsd + line.amountNanoUsd
}
