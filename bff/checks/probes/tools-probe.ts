import { TOOLS_QUESTION } from '../questions.ts'
import { type Probe, isRefusal, sound } from '../probe.ts'
import { isRecord, recordAt, textAt } from '../../upstream/record.ts'
import { ToolCallRepair } from '../../upstream/tool-call-repair.ts'
import type { Piece, ParsedAnswer } from '../parse-answer.ts'
import { type Evaluation, CUT, unknown } from '../probe.ts'
import { english, plural, t } from '#shared/translate.ts'

const QUESTION = {
  text: TOOLS_QUESTION,
  limit: 768,
  tools: [
    { name: 'calculate', description: 'Works out an expression.', parameter: 'expression' },
    { name: 'current_time', description: 'The time in a time zone.', parameter: 'timeZone' },
  ],
}

export const toolsProbe: Probe = {
  name: 'tools',
  findings: ['tool_arguments', 'tool_indexes', 'parallel_tools'],
  questions: [QUESTION],
  run: async ({ ask }) => {
    const asked = await ask(QUESTION)
    const { problem } = asked.recorded
    if (isRefusal(problem) && problem?.fallback === 'tools') return withoutTools()
    return evaluateTools(sound(asked).reading)
  },
}

type ToolPiece = Extract<Piece, { kind: 'tool' }>

/**
 * How tool calls arrive: in pieces or whole, with an index for each or without, and whether two that
 * do not need each other come in one answer, each whole.
 */
export function evaluateTools(reading: ParsedAnswer): Evaluation[] {
  const pieces = reading.pieces.filter((piece): piece is ToolPiece & { atMs: number } => {
    return piece.kind === 'tool'
  })
  // Calls are different where anything about them is: servers leave out one or the other.
  const ids = new Set(pieces.map(({ callId }) => callId).filter((id) => id !== ''))
  const names = new Set(pieces.map(({ name }) => name).filter((name) => name !== ''))
  const indexes = new Set(pieces.map(({ index }) => index).filter((index) => index !== null))
  const calls = Math.max(ids.size, names.size, indexes.size)
  if (calls === 0) {
    const detail = t`The model called no tool, although it was asked to.`
    return [
      unknown('tool_arguments', detail),
      unknown('tool_indexes', detail),
      unknown('parallel_tools', detail),
    ]
  }
  const isMixed = !CUT.has(reading.finishReason ?? '') && areMixed(argumentsIn(pieces))
  const parallel = isMixed ? MIXED : evaluateParallel(calls)
  return [evaluateArguments(pieces, calls), evaluateIndexes(pieces, calls), parallel]
}

/** For a server that refuses tools. */
function withoutTools(): Evaluation[] {
  const detail = t`The server takes no tools for this model.`
  const known = { tools: false, streamsToolArguments: false }
  return [
    { finding: 'tool_arguments', verdict: 'no', detail, known },
    unknown('tool_indexes', detail),
    { finding: 'parallel_tools', verdict: 'no', detail },
  ]
}

function evaluateArguments(pieces: ToolPiece[], calls: number): Evaluation {
  const finding = 'tool_arguments'
  const parts = pieces.filter(({ text }) => text !== '').length
  if (parts > calls) {
    const detail = plural(calls, {
      one: t`Arguments of 1 call came in ${parts} pieces.`,
      other: t`Arguments of ${calls} calls came in ${parts} pieces.`,
    })
    const known = { tools: true, streamsToolArguments: true }
    return { finding, verdict: 'yes', detail, known }
  }
  const detail = t`Arguments come whole: a call is seen only when it is complete.`
  const known = { tools: true, streamsToolArguments: false }
  return { finding, verdict: 'partly', detail, known }
}

function evaluateIndexes(pieces: ToolPiece[], calls: number): Evaluation {
  const finding = 'tool_indexes'
  const indexes = new Set(pieces.map(({ index }) => index))
  if (indexes.has(null)) {
    const detail = t`Calls have no index. They are told apart by their ids.`
    return { finding, verdict: 'no', detail, known: { toolIndexes: false } }
  }
  if (indexes.size < calls) {
    const detail = t`Different calls have the same index. They are told apart by their ids.`
    return { finding, verdict: 'no', detail, known: { toolIndexes: false } }
  }
  const detail = calls === 1 ? t`The one call has an index.` : t`Each call has an index of its own.`
  return { finding, verdict: 'yes', detail, known: { toolIndexes: true } }
}

function evaluateParallel(calls: number): Evaluation {
  const finding = 'parallel_tools'
  if (calls > 1) {
    const detail = t`${calls} calls came in one answer.`
    return { finding, verdict: 'yes', detail, known: { parallelTools: true } }
  }
  const detail = t`Two tools were asked for at once, and one was called.`
  // It says nothing about two calls that come nevertheless.
  return { finding, verdict: 'no', detail }
}

const MIXED: Evaluation = {
  finding: 'parallel_tools',
  verdict: 'no',
  detail: english`Calls came mixed up in one answer. Answers ask for one call at a time.`,
  known: { parallelTools: false },
}

/** The arguments of each call, as an answer would read them. */
function argumentsIn(pieces: ToolPiece[]): string[] {
  const repair = new ToolCallRepair(new Set())
  const found = new Map<unknown, string>()
  for (const { index, callId, name, text } of pieces) {
    const position = index === null ? {} : { index }
    const delta: Record<string, unknown> = {
      ...position,
      id: callId,
      function: { name, arguments: text },
    }
    repair.repair(delta)
    const known = found.get(delta['index']) ?? ''
    found.set(delta['index'], known + textAt(recordAt(delta, 'function'), 'arguments'))
  }
  return [...found.values()]
}

/** One call whose arguments cannot be read is the fault of its model, unless they are those of two. */
function areMixed(calls: string[]): boolean {
  const broken = calls.filter((text) => text.trim() !== '' && !isReadable(text))
  return broken.length > 0 && (calls.length > 1 || broken.some((text) => /\}\s*\{/.test(text)))
}

function isReadable(text: string): boolean {
  try {
    return isRecord(JSON.parse(text))
  } catch {
    return false
  }
}
