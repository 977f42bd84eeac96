// For tests: the golden streams of the ledger as answers that a probe recorded.
import { readFileSync } from 'node:fs'
import { createParser } from 'eventsource-parser'
import type { Exchange } from '../upstream/record-exchange.ts'
import { readAnswer, type ParsedAnswer } from '../checks/parse-answer.ts'

const FOLDER = new URL('../ledger/golden/', import.meta.url)

/** One frame every ten milliseconds. */
export function golden(name: string): ParsedAnswer {
  return recordedFrom(readFileSync(new URL(`${name}.sse`, FOLDER), 'utf8'))
}

/** Chat chunks with these deltas, and usage at the end. */
export function chunks(deltas: object[], usage?: object | null): ParsedAnswer {
  const frames = [
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ...(usage === undefined ? [] : [{ choices: [], usage }]),
  ]
  return recordedFrom(frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join(''))
}

/** An answer that is not a stream. */
export function body(data: object): ParsedAnswer {
  return readAnswer({ ...EMPTY, isStream: false, frames: [{ atMs: 100, data }], durationMs: 100 })
}

const EMPTY: Exchange = {
  isStream: true,
  frames: [],
  ended: true,
  cut: false,
  durationMs: 0,
  problem: null,
  refusedWith: null,
}

function recordedFrom(text: string): ParsedAnswer {
  const events: string[] = []
  createParser({ onEvent: ({ data }) => events.push(data) }).feed(text)
  const frames = events
    .filter((data) => data !== '[DONE]')
    .map((data, at): Exchange['frames'][number] => {
      return { atMs: (at + 1) * 10, data: JSON.parse(data) }
    })
  return readAnswer({ ...EMPTY, frames, durationMs: (frames.length + 1) * 10 })
}
