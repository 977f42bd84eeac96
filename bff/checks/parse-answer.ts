// Parses the frames of an answer, of both API kinds, with the time at which each arrived.
import { laterUsage } from '../upstream/kept-usage.ts'
import { isRecord, listAt, nameAt, recordAt, textAt } from '../upstream/record.ts'
import { readUsage } from '../ledger/usage/read-usage.ts'
import type { Frame, Exchange } from '../upstream/record-exchange.ts'

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string; field: string }
  | { kind: 'tool'; text: string; index: number | null; callId: string; name: string }

export interface ParsedAnswer {
  isStream: boolean
  pieces: (Piece & { atMs: number })[]
  /** How many pieces came before each report of what was used; reports of nothing are left out. */
  usageAfter: number[]
  /** A `usage` that is null or all zero stands somewhere. */
  hasEmptyUsage: boolean
  /** Verbatim; the last report that says something. */
  rawUsage: unknown
  modelReturned: string | null
  responseId: string | null
  serviceTier: string | null
  finishReason: string | null
  durationMs: number
}

export function readAnswer({ isStream, frames, durationMs }: Exchange): ParsedAnswer {
  const reading: ParsedAnswer = {
    isStream,
    pieces: [],
    usageAfter: [],
    hasEmptyUsage: false,
    rawUsage: null,
    modelReturned: null,
    responseId: null,
    serviceTier: null,
    finishReason: null,
    durationMs,
  }
  for (const frame of frames) readFrame(reading, frame)
  return reading
}

export function textOf({ pieces }: ParsedAnswer): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')
}

/** All that was written, for an estimate of its size. */
export function allTextOf({ pieces }: ParsedAnswer): string {
  const names = pieces.map((piece) => (piece.kind === 'tool' ? piece.name : ''))
  return [...names, ...pieces.map(({ text }) => text)].join('')
}

/** When the first piece that says something came; null: none did. */
export function firstPieceMs({ isStream, pieces }: ParsedAnswer): number | null {
  return isStream ? (pieces[0]?.atMs ?? null) : null
}

function readFrame(reading: ParsedAnswer, { atMs, data }: Frame): void {
  if (!isRecord(data)) return
  const type = textAt(data, 'type')
  const answer = recordAt(data, 'response') ?? data
  readHead(reading, answer)
  readReport(reading, answer)
  const pieces = type.startsWith('response.')
    ? eventPieces(type, data)
    : [...chatPieces(reading, data), ...outputPieces(data)]
  for (const piece of pieces) {
    if (piece.text !== '' || piece.kind === 'tool') reading.pieces.push({ ...piece, atMs })
  }
}

function readHead(reading: ParsedAnswer, answer: Record<string, unknown>): void {
  const named = (key: string) => nameAt(answer, key) || null
  // Other events of a Responses stream have ids of items.
  if ('choices' in answer || 'output' in answer) {
    reading.responseId = named('id') ?? reading.responseId
    reading.modelReturned = named('model') ?? reading.modelReturned
    reading.serviceTier = named('service_tier') ?? reading.serviceTier
  }
  const status = named('status')
  if ('output' in answer && status !== 'in_progress' && status !== 'queued') {
    reading.finishReason = nameAt(recordAt(answer, 'incomplete_details'), 'reason') || status
  }
}

function readReport(reading: ParsedAnswer, answer: Record<string, unknown>): void {
  const kept = laterUsage(null, answer)
  const isReport = kept !== null && readUsage(kept, null) !== null
  if (isReport) {
    reading.rawUsage = laterUsage(reading.rawUsage, answer)
    reading.usageAfter.push(reading.pieces.length)
  } else if ('usage' in answer) reading.hasEmptyUsage = true
}

function chatPieces(reading: ParsedAnswer, chunk: Record<string, unknown>): Piece[] {
  const [choice] = listAt(chunk, 'choices')
  reading.finishReason = nameAt(choice, 'finish_reason') || reading.finishReason
  const delta = recordAt(choice, 'delta') ?? recordAt(choice, 'message')
  if (delta === null) return []
  return [
    ...reasoningIn(delta),
    ...contentIn(delta),
    ...listAt(delta, 'tool_calls').map((call): Piece => {
      const wire = recordAt(call, 'function')
      const index = isRecord(call) ? call['index'] : undefined
      return {
        kind: 'tool',
        text: argumentsOf(wire),
        index: typeof index === 'number' ? index : null,
        callId: textAt(call, 'id'),
        name: textAt(wire, 'name'),
      }
    }),
  ]
}

/** An object where the API wants a text is how some servers send them. */
function argumentsOf(wire: Record<string, unknown> | null): string {
  const args = wire?.['arguments']
  return isRecord(args) ? JSON.stringify(args) : textAt(wire, 'arguments')
}

const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'thinking']

function reasoningIn(delta: Record<string, unknown>): Piece[] {
  const field = REASONING_FIELDS.find((name) => textAt(delta, name) !== '')
  if (field !== undefined) return [{ kind: 'reasoning', text: textAt(delta, field), field }]
  const details = listAt(delta, 'reasoning_details')
  const text = details.map((one) => textAt(one, 'text') || textAt(one, 'summary')).join('')
  return text === '' ? [] : [{ kind: 'reasoning', text, field: 'reasoning_details' }]
}

/** Text, or typed parts of which some are thinking. */
function contentIn(delta: Record<string, unknown>): Piece[] {
  const parts = listAt(delta, 'content')
  const thought = parts
    .flatMap((part) => listAt(part, 'thinking'))
    .map((part) => textAt(part, 'text'))
    .join('')
  const text = textAt(delta, 'content') + parts.map((part) => textAt(part, 'text')).join('')
  const reasoning: Piece[] =
    thought === '' ? [] : [{ kind: 'reasoning', text: thought, field: 'content (thinking)' }]
  return [...reasoning, { kind: 'text', text: text + textAt(delta, 'refusal') }]
}

function eventPieces(type: string, event: Record<string, unknown>): Piece[] {
  const text = textAt(event, 'delta')
  const outputIndex = event['output_index']
  const index = typeof outputIndex === 'number' ? outputIndex : null
  switch (type) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return [{ kind: 'text', text }]
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      return [{ kind: 'reasoning', text, field: type.replace(/\.delta$/, '') }]
    case 'response.function_call_arguments.delta':
      return [{ kind: 'tool', text, index, callId: '', name: '' }]
    case 'response.output_item.added': {
      const item = recordAt(event, 'item')
      if (textAt(item, 'type') !== 'function_call') return []
      const called = { callId: textAt(item, 'call_id'), name: textAt(item, 'name') }
      return [{ kind: 'tool', text: '', index, ...called }]
    }
    default:
      return []
  }
}

/** The items of a Responses answer that came in one body. */
function outputPieces(answer: Record<string, unknown>): Piece[] {
  return listAt(answer, 'output').flatMap((item, index): Piece[] => {
    if (textAt(item, 'type') === 'function_call') {
      const called = { callId: textAt(item, 'call_id'), name: textAt(item, 'name') }
      return [{ kind: 'tool', text: textAt(item, 'arguments'), index, ...called }]
    }
    const text = listAt(item, 'content')
      .map((part) => textAt(part, 'text'))
      .join('')
    const kind = textAt(item, 'type')
    return kind === 'message' ? [{ kind: 'text', text }] : []
  })
}
