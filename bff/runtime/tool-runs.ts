// The one place where a tool acts: every call is checked, approved, limited and executed here, each with its own
// start, end and duration. The start is committed before the tool does anything, so that after a crash it is known
// which tools may have taken effect.
import { toolResultItem } from '../upstream/items.ts'
import type { AskPerson, WaitRequest } from '../upstream/ask-person.ts'
import type { KeepFiles } from '../upstream/tool-files.ts'
import type { RunSink } from '../upstream/agent-run.ts'
import type { AgentTool, PreparedCall } from './define-tool.ts'
import type { RunContext } from './run-context.ts'
import type { RunLimits } from './run-limits.ts'
import { aborted, GuardrailTripped, runGuardrails, type ToolGuardrails } from './guardrails.ts'
import {
  answered,
  approvalRequest,
  LOST,
  okResult,
  readableText,
  type Told,
  NOT_BEGUN,
  type Permission,
  permitted,
  failedBy,
  isReadable,
  labelOf,
  type Result,
  resultOf,
  SAME_ID,
  shownResult,
  STOPPED,
  timedOut,
  UNDECIDED,
} from './tool-result.ts'
import type { AnnouncedCall, CalledTool, ModelToolCall } from './tool-call.ts'
import { ToolSlots } from './tool-slots.ts'

export interface ToolRunsParts {
  output: RunSink
  /** Aborts with the run, and when its time is up. */
  stop: AbortSignal
  context: RunContext
  person: AskPerson
  limits: RunLimits
  /** Set in a nested run. */
  parentCallId?: string | undefined
  keepFiles: KeepFiles
  storeOutput: (callId: string, output: string, parentCallId?: string) => Promise<void>
  runAgent: (name: string, input: string, callId: string) => Promise<string>
  /** Learns of the errors that no reader may see. */
  onError: (error: unknown, at: string) => void
}

export class ToolRuns {
  readonly #parts: ToolRunsParts
  readonly #announced = new Map<string, AnnouncedCall>()
  readonly #ended = new Set<string>()
  /** Ids of the calls under way: a decision is about one call. */
  readonly #performing = new Set<string>()
  readonly #slots = new ToolSlots()

  constructor(parts: ToolRunsParts) {
    this.#parts = parts
  }

  /** Keeps a call as its readers have seen it, because the SDK does not pass that to a tool. */
  announce(callId: string, call: AnnouncedCall): void {
    // A second call of the same id does not lend its name to the first.
    if (this.#announced.has(callId) && !this.#ended.has(callId)) return
    this.#announced.set(callId, call)
    this.#ended.delete(callId)
  }

  /** Runs a tool and returns what the model is told. `guards` are those of the agent. */
  async perform(
    tool: AgentTool,
    call: ModelToolCall,
    input: unknown,
    guards: ToolGuardrails = {},
  ): Promise<Told> {
    this.#parts.stop.throwIfAborted()
    if (this.#performing.has(call.callId)) return { text: SAME_ID, files: [] }
    this.#performing.add(call.callId)
    try {
      return await this.#perform(tool, call, input, guards)
    } finally {
      this.#performing.delete(call.callId)
    }
  }

  async #perform(
    tool: AgentTool,
    call: ModelToolCall,
    input: unknown,
    guards: ToolGuardrails,
  ): Promise<Told> {
    const { limits } = this.#parts
    const refusal = call.resumes === undefined ? limits.refusalOf(tool.name, call.arguments) : null
    if (refusal !== null) return this.refuse(call, refusal)
    const prepared = tool.prepare(input)
    if (typeof prepared === 'string') return this.refuse(call, prepared)
    const verdict = await this.#checkInput(tool, call, prepared, guards)
    if (verdict !== null) return this.#end(call, verdict, null)
    const permission = await this.#permission(tool, call, prepared)
    if ('instead' in permission) return this.#end(call, permission.instead, null)
    if (permission.call !== prepared) {
      // Arguments that the user has changed are checked like those of the model.
      const changed = await this.#checkInput(tool, call, permission.call, guards)
      if (changed !== null) return this.#end(call, changed, null)
    }
    return this.#slots.of(tool)(async () => {
      // Another call of the tool may have changed what this one depends on.
      const again = permission.isAsked ? permission : await this.#permission(tool, call, prepared)
      if ('instead' in again) return this.#end(call, again.instead, null)
      return this.#execute(tool, call, again, guards)
    })
  }

  /** A call that never started: an unknown tool, or arguments that cannot be read. */
  refuse(call: CalledTool, reason: string): Told {
    if (this.#ended.has(call.callId)) return { text: reason, files: [] }
    return this.#end(call, { status: 'failed', text: reason }, null)
  }

  /** A call that had started when an earlier process ended. */
  lost(call: CalledTool): Told {
    return this.#end(call, { status: 'unknown', text: LOST }, null)
  }

  async #checkInput(
    tool: AgentTool,
    call: CalledTool,
    { input }: PreparedCall,
    guards: ToolGuardrails,
  ): Promise<Result | null> {
    const { context, output } = this.#parts
    const checks = [...(guards.inputGuardrails ?? []), ...(tool.inputGuardrails ?? [])]
    const checked = { name: tool.name, input }
    const at = { stage: 'tool_input', callId: call.callId } as const
    return resultOf(await runGuardrails(checks, checked, context, output.emit, at))
  }

  async #permission(
    tool: AgentTool,
    call: ModelToolCall,
    prepared: PreparedCall,
  ): Promise<Permission> {
    const { context, limits, person, parentCallId } = this.#parts
    const { callId, agent } = this.#shown(call)
    const scope = { parentCallId, resumes: call.resumes }
    const ask = async (request: WaitRequest) => {
      const decided = await limits.paused(person.ask(request, scope))
      if (decided === null) this.#leave(call)
      return decided
    }
    if (prepared.question !== null) {
      const answer = await ask({ kind: 'question', callId, agent, ...prepared.question })
      return { instead: answer === null ? UNDECIDED : answered(answer) }
    }
    const needed = await prepared
      .approval(context)
      .catch((error: unknown) => ({ instead: this.#failed(tool, error) }))
    if (needed !== null && 'instead' in needed) return needed
    // The question stays as it was asked, whatever the tool would say today.
    const approval = needed ?? (call.resumes ? {} : null)
    if (approval === null) return { call: prepared, note: '', isAsked: false }
    const request = approvalRequest(tool, call, agent, { ...approval, ...labelOf(prepared) })
    const ruled = call.resumes === undefined ? await person.ruleFor(request, scope) : null
    const decided = ruled ?? (await ask(request))
    return decided === null ? { instead: UNDECIDED } : permitted(tool, prepared, decided)
  }

  async #execute(
    tool: AgentTool,
    call: ModelToolCall,
    { call: prepared, note }: { call: PreparedCall; note: string },
    guards: ToolGuardrails,
  ): Promise<Told> {
    const { output, context } = this.#parts
    const { callId, agent, name } = this.#shown(call)
    const running = { phase: 'running', callId, name, agent, ...labelOf(prepared) } as const
    await output.emit({ type: 'tool_call', ...running })
    await output.settled()
    const startedAt = performance.now()
    const result = await this.#attempt(tool, call, prepared)
    // The run inside it goes on in a later process.
    if (tool.agent !== undefined) this.#leave(call)
    const durationMs = Math.round(performance.now() - startedAt)
    const checks = [...(guards.outputGuardrails ?? []), ...(tool.outputGuardrails ?? [])]
    const checked = { name: tool.name, input: prepared.input, output: readableText(result) }
    const at = { stage: 'tool_output', callId } as const
    const blocked = resultOf(await runGuardrails(checks, checked, context, output.emit, at))
    return this.#end(call, blocked ?? { ...result, text: note + result.text }, durationMs)
  }

  async #attempt(tool: AgentTool, call: CalledTool, prepared: PreparedCall): Promise<Result> {
    const { stop } = this.#parts
    if (stop.aborted) return { status: 'failed', text: NOT_BEGUN }
    const timeout = tool.timeoutMs === null ? null : AbortSignal.timeout(tool.timeoutMs)
    const signal = AbortSignal.any([stop, ...(timeout === null ? [] : [timeout])])
    try {
      const running = prepared.execute(this.#contextOf(call, signal))
      const { output, label } = await Promise.race([running, aborted(signal)])
      return await okResult(output, label, this.#parts.keepFiles)
    } catch (error) {
      if (stop.aborted) return { status: 'unknown', text: STOPPED }
      if (timeout?.aborted) return { status: 'failed', text: timedOut(tool.timeoutMs ?? 0) }
      const blocked = error instanceof GuardrailTripped ? resultOf(error.verdict) : null
      if (blocked !== null) return blocked
      return this.#failed(tool, error)
    }
  }

  #failed(tool: AgentTool, error: unknown): Result {
    if (!isReadable(error)) this.#parts.onError(error, `tool ${tool.name}`)
    return failedBy(error)
  }

  /** Nothing is written about a call that a later process goes on with. */
  #leave({ callId }: CalledTool): void {
    if (!this.#parts.person.isLeaving()) return
    this.#ended.add(callId)
    throw new DOMException('The process ends.', 'AbortError')
  }

  #contextOf(call: CalledTool, signal: AbortSignal) {
    const { context, output, runAgent } = this.#parts
    const { callId, agent, name } = this.#shown(call)
    return {
      ...context,
      signal,
      callId,
      progress: (text: string) => {
        if (this.#ended.has(callId)) return
        const progress = { phase: 'progress', callId, name, agent, text } as const
        void output.emit({ type: 'tool_call', ...progress })
      },
      runAgent: (to: string, input: string) => runAgent(to, input, callId),
    }
  }

  #end(call: CalledTool, result: Result, durationMs: number | null): Told {
    const { output, storeOutput, parentCallId } = this.#parts
    const { callId } = call
    this.#ended.add(callId)
    const shown = shownResult(result)
    const { output: text, wholeChars } = shown
    const files = result.files?.content ?? []
    if (wholeChars !== undefined) void storeOutput(callId, result.text, parentCallId)
    void output.storeItems([toolResultItem(callId, call.name, text, files)])
    const { name } = this.#shown(call)
    void output.emit({ type: 'tool_result', callId, name, durationMs, ...shown })
    return { text, files }
  }

  #shown({ callId, name }: CalledTool): AnnouncedCall & { callId: string } {
    return { agent: '', name, ...this.#announced.get(callId), callId }
  }
}
