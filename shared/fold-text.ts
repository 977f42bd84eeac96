// Text and reasoning, as they grow.
import type { Draft } from './draft-message.ts'

export function appendText(draft: Draft, delta: string): void {
  const { last } = draft
  if (last?.type !== 'text') return draft.add({ type: 'text', text: delta })
  draft.replaceLast({ type: 'text', text: last.text + delta })
}

export function appendReasoning(draft: Draft, delta: string, at: string): void {
  const { last } = draft
  if (last?.type === 'reasoning' && last.endedAt === null) {
    return draft.replaceLast({ ...last, text: last.text + delta })
  }
  draft.add({ type: 'reasoning', text: delta, startedAt: at, endedAt: null })
}

export function endReasoning(draft: Draft, at: string): void {
  const { last } = draft
  if (last?.type !== 'reasoning' || last.endedAt !== null) return
  draft.replaceLast({ ...last, endedAt: at })
}

/** The JSON that an output was read from is shown as that output. What was said around it stays. */
export function removeJson(draft: Draft): void {
  const said = draft.parts.findLast(({ type }) => type !== 'notice')
  if (said?.type !== 'text') return
  const text = said.text.replace(/(?:```\w*\s*)?\{[^]*\}(?:\s*```)?/, '').trim()
  if (text === '') return draft.keep((part) => part !== said)
  draft.each((part) => (part === said ? { type: 'text', text } : part))
}
