// What a tool call comes to, in words for the model and the reader.
import type { Decided, WaitRequest } from '../upstream/ask-person.ts'
import {
  type KeepFiles,
  type KeptFiles,
  type ResultPart,
  resultTexts,
} from '../upstream/tool-files.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { AgentTool, PreparedCall } from './define-tool.ts'
import { OutputWithFiles } from './output-with-files.ts'
import type { ModelToolCall } from './tool-call.ts'
import { ToolError } from './tool-error.ts'
import type { Verdict } from './guardrails.ts'
import { english, t } from '#shared/translate.ts'

/** More than this would fill the model's context and the reader's screen. */
export const MAX_OUTPUT_CHARS = 32_000

export interface Result {
  status: 'ok' | 'failed' | 'denied' | 'unknown'
  text: string
  label?: string | undefined
  files?: KeptFiles | undefined
}

/** What the model is told about a call. */
export interface Told {
  text: string
  files: readonly ResultPart[]
}

/** A call that may run, or what stands in place of its result. */
export type Permission =
  | { call: PreparedCall; note: string; isAsked: boolean }
  | { instead: Result }

export const NOT_BEGUN = english`Stopped before it began, so it did nothing.`
export const STOPPED = english`Stopped before it finished. Whether it took effect is unknown.`
export const LOST = english`Tally was restarted while it ran. Whether it took effect is unknown.`
/** Longer arguments would leave no space for the result. */
const MAX_NOTE_CHARS = 4_000
export const SAME_ID = english`Not run: another call with the same id is under way.`
export const UNDECIDED: Result = {
  status: 'failed',
  text: english`Not run: nobody decided about it.`,
}

export function answered({ decision, text, option }: Decided): Result {
  if (decision !== 'answer') return UNDECIDED
  const said = [option, text].filter((part) => part !== undefined && part !== '')
  return { status: 'ok', text: said.join('\n') || t`The person gave no answer.` }
}

export function resultOf(verdict: Verdict | null): Result | null {
  return verdict && { status: 'failed', text: t`Blocked by ${verdict.name}: ${verdict.reason}` }
}

export function timedOut(timeoutMs: number): string {
  return t`The tool did not finish within ${timeoutMs / 1000} seconds.`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? t`Done.`)
}

/** The result of a tool that has ended well. */
export async function okResult(
  output: unknown,
  label: string | undefined,
  keep: KeepFiles,
): Promise<Result> {
  if (!(output instanceof OutputWithFiles)) return { status: 'ok', text: asText(output), label }
  const files = await keep(output.files)
  const text = [asText(output.output), ...files.notes].join('\n')
  return { status: 'ok', text, label, files }
}

/** All that the model would read of it, for the guardrails. */
export function readableText({ text, files }: Result): string {
  return [text, ...resultTexts(files?.content ?? [])].join('\n')
}

/** What readers see of it. */
export function shownResult({ status, text, label, files }: Result) {
  const output = capped(text)
  return {
    status,
    output,
    ...(label && { label }),
    ...(output !== text && { wholeChars: text.length }),
    ...(files !== undefined && files.parts.length > 0 && { files: files.parts }),
  }
}

function capped(text: string): string {
  if (text.length <= MAX_OUTPUT_CHARS) return text
  const missing = text.length - MAX_OUTPUT_CHARS
  return `${text.slice(0, MAX_OUTPUT_CHARS)}\n${t`[${missing} more characters were left out]`}`
}

const UNEXPECTED = english`something went wrong inside it. The log of the server says where.`

/** Whether its text is written for readers. */
export function isReadable(error: unknown): error is ToolError | ProviderError {
  return error instanceof ToolError || error instanceof ProviderError
}

export function failedBy(error: unknown): Result {
  const message = isReadable(error) ? error.message.slice(0, 500) : UNEXPECTED
  const label = error instanceof ToolError ? error.forPerson : undefined
  return { status: 'failed', text: t`The tool failed: ${message}`, label }
}

/** What a call will do, for the events that say so. */
export function labelOf({ pendingLabel: label }: PreparedCall): { label?: string } {
  return label === undefined ? {} : { label }
}

type Approval = WaitRequest & { kind: 'approval' }

export function approvalRequest(
  tool: AgentTool,
  call: ModelToolCall,
  agent: string,
  why: Pick<Approval, 'reason' | 'label'>,
): Approval {
  return {
    kind: 'approval',
    callId: call.callId,
    // Rules and edits are about the tool, however the model has spelled it.
    name: tool.name,
    agent,
    arguments: call.arguments,
    ...why,
    ...(tool.isReadOnly && { mayAllowAlways: true }),
  }
}

export function permitted(tool: AgentTool, prepared: PreparedCall, decided: Decided): Permission {
  const { decision, reason = '', arguments: edited, output = '' } = decided
  if (decision === 'approve') return { call: prepared, note: '', isAsked: true }
  if (decision === 'respond') return { instead: { status: 'ok', text: output } }
  if (decision === 'edit' && edited !== undefined) {
    const changed = tool.prepare(JSON.parse(edited))
    if (typeof changed === 'string') return { instead: { status: 'failed', text: changed } }
    const shown = edited.length > MAX_NOTE_CHARS ? 'others' : edited
    return {
      call: changed,
      note: `${t`The person changed the arguments to ${shown}.`}\n`,
      isAsked: true,
    }
  }
  if (decision !== 'deny') return { instead: UNDECIDED }
  const denied =
    reason.trim() === ''
      ? t`The person denied this call.`
      : t`The person denied this call. Reason: ${reason}`
  return { instead: { status: 'denied', text: denied } }
}
