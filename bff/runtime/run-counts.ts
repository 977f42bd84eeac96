// Counts from the log what a run and its nested runs have used of their limits, so that a later process continues with
// these counts.
import { callKey, splitCallKey } from '#shared/call-key.ts'
import type { EventOf, RunEvent } from '#shared/run-event.ts'

export interface RunCounts {
  /** Model calls of its own. */
  turns: number
  /** With those of its nested runs, like the time and the money. */
  toolCalls: number
  workedMs: number
  spentNanoUsd: number
  /** Its newest own call, and how often it was made in a row. */
  lastCall: string
  repeats: number
}

const RUN = ''

export class CountedRun {
  readonly #counts = new Map<string, RunCounts>()
  /** What waits, and in which run. */
  readonly #waits = new Map<string, string>()
  #last = Number.NaN

  /** Counts the events of a run. */
  static async from(events: AsyncIterable<RunEvent>): Promise<CountedRun> {
    const counted = new CountedRun()
    for await (const event of events) counted.add(event)
    return counted
  }

  /** Those of the run, or of the nested run of a call. */
  of(parentCallId: string = RUN): RunCounts {
    return this.#counts.get(parentCallId) ?? nothingUsed()
  }

  add(event: RunEvent): void {
    this.#passTime(Date.parse(event.at))
    const inside = ('parentCallId' in event ? event.parentCallId : undefined) ?? RUN
    if (event.type === 'run') this.#begin(RUN)
    else if (event.type === 'tool_call') this.#addCall(event, inside)
    // A later call may have the same id.
    else if (event.type === 'tool_result') this.#counts.delete(keyOf(event.callId, inside))
    else if (event.type === 'usage') this.#addModelCall(event, inside)
    else if (event.type === 'waiting') this.#waits.set(event.waitId, inside)
    else if (event.type === 'decision') this.#waits.delete(event.waitId)
  }

  #addModelCall({ call }: EventOf<'usage'>, inside: string): void {
    if (call.purpose === 'chat' && call.status === 'completed') this.#begin(inside).turns += 1
    for (const counts of this.#around(inside)) counts.spentNanoUsd += call.costNanoUsd ?? 0
  }

  #addCall(event: EventOf<'tool_call'>, inside: string): void {
    if (event.phase === 'running') this.#begin(keyOf(event.callId, inside))
    if (event.phase !== 'ready') return
    for (const counts of this.#around(inside)) counts.toolCalls += 1
    const own = this.#begin(inside)
    const call = JSON.stringify([event.name, event.arguments])
    own.repeats = call === own.lastCall ? own.repeats + 1 : 1
    own.lastCall = call
  }

  /** Time passes for each run that neither waits nor has something inside it that does. */
  #passTime(at: number): void {
    const ms = Math.max(0, at - this.#last)
    this.#last = at
    if (Number.isNaN(ms)) return
    const standing = new Set([...this.#waits.values()].flatMap((inside) => keysAround(inside)))
    for (const [key, counts] of this.#counts) if (!standing.has(key)) counts.workedMs += ms
  }

  #begin(key: string): RunCounts {
    const counts = this.#counts.get(key) ?? nothingUsed()
    this.#counts.set(key, counts)
    return counts
  }

  #around(inside: string): RunCounts[] {
    return keysAround(inside).map((key) => this.#begin(key))
  }
}

function nothingUsed(): RunCounts {
  return { turns: 0, toolCalls: 0, workedMs: 0, spentNanoUsd: 0, lastCall: '', repeats: 0 }
}

function keyOf(callId: string, inside: string): string {
  return callKey(callId, inside === RUN ? undefined : inside)
}

/** A run with those that it is part of. */
function keysAround(key: string): string[] {
  if (key === RUN) return [RUN]
  return [key, ...keysAround(splitCallKey(key)?.parentCallId ?? RUN)]
}
