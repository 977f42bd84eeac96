// The tool calls of one run, each with its own start, end and duration while the others still run.
// The start is committed before the tool does anything, so that after a crash it is known which
// tools may have taken effect.
import { toolResultItem } from '../upstream/items.ts'
import type { RunSink } from '../upstream/types.ts'

/** More than this would fill the model's context and the reader's screen. */
export const MAX_OUTPUT_CHARS = 32_000

export interface CalledTool {
  callId: string
  name: string
}

export interface AnnouncedCall {
  agent: string
  /** As the model wrote it, which may differ from the tool's own. */
  name: string
}

type Result = { status: 'ok' | 'failed' | 'unknown'; text: string }

export class ToolRuns {
  readonly #output: RunSink
  readonly #stop: AbortSignal
  readonly #announced = new Map<string, AnnouncedCall>()
  readonly #ended = new Set<string>()

  constructor(output: RunSink, stop: AbortSignal) {
    this.#output = output
    this.#stop = stop
  }

  /** Keeps a call as its readers have seen it, because the SDK does not pass that to a tool. */
  announce(callId: string, call: AnnouncedCall): void {
    this.#announced.set(callId, call)
  }

  /** Runs a tool and returns what the model is told. */
  async perform(
    call: CalledTool,
    timeoutMs: number,
    work: (signal: AbortSignal) => unknown,
  ): Promise<string> {
    this.#stop.throwIfAborted()
    const { agent, name } = this.#shown(call)
    const { callId } = call
    await this.#output.emit({ type: 'tool_call', phase: 'running', callId, name, agent })
    await this.#output.settled()
    const startedAt = performance.now()
    const result = await this.#attempt(timeoutMs, work)
    const text = capped(result.text)
    this.#end(call, { ...result, text }, Math.round(performance.now() - startedAt))
    return text
  }

  /** A call that never started: an unknown tool, or arguments that cannot be read. */
  refuse(call: CalledTool, reason: string): string {
    if (!this.#ended.has(call.callId)) this.#end(call, { status: 'failed', text: reason }, null)
    return reason
  }

  async #attempt(timeoutMs: number, work: (signal: AbortSignal) => unknown): Promise<Result> {
    if (this.#stop.aborted) return { status: 'failed', text: NOT_BEGUN }
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([this.#stop, timeout])
    try {
      const value = await Promise.race([work(signal), aborted(signal)])
      return { status: 'ok', text: asText(value) }
    } catch (error) {
      if (this.#stop.aborted) return { status: 'unknown', text: STOPPED }
      if (timeout.aborted) return { status: 'failed', text: timedOut(timeoutMs) }
      return { status: 'failed', text: `The tool failed: ${reasonOf(error)}` }
    }
  }

  #end(call: CalledTool, { status, text }: Result, durationMs: number | null): void {
    this.#ended.add(call.callId)
    void this.#output.storeItems([toolResultItem(call.callId, call.name, text)])
    const { name } = this.#shown(call)
    const { callId } = call
    const result = { callId, name, status, output: text, durationMs }
    void this.#output.emit({ type: 'tool_result', ...result })
  }

  #shown(call: CalledTool): AnnouncedCall {
    return this.#announced.get(call.callId) ?? { agent: '', name: call.name }
  }
}

const NOT_BEGUN = 'Stopped before it began, so it did nothing.'
const STOPPED = 'Stopped before it finished. Whether it took effect is unknown.'

function timedOut(timeoutMs: number): string {
  return `The tool did not finish within ${timeoutMs / 1000} seconds.`
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'Done.')
}

function capped(text: string): string {
  if (text.length <= MAX_OUTPUT_CHARS) return text
  const missing = text.length - MAX_OUTPUT_CHARS
  return `${text.slice(0, MAX_OUTPUT_CHARS)}\n[${missing} more characters were left out]`
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.slice(0, 500)
}
