// Scripts for the fake upstream, and a barrier that pauses an answer.
import type { Answer, AnswerPart } from './fake-answer.ts'
import type { FakeUpstream, Script, UpstreamCall } from './fake-upstream.ts'

/** Answers chat requests in order, repeating the last answer. Requests for titles are separate. */
export function chats(...answers: Answer[]): Script {
  let asked = 0
  return (call) => {
    if (!isChat(call)) return { parts: [{ text: '{"title":"A short title"}' }] }
    return answers[Math.min(asked++, answers.length - 1)] ?? {}
  }
}

/** Answers each question with a call of `calculate`, and each title request with a new title. */
export function calculates(): Script {
  let titles = 0
  return (call) => {
    if (!isChat(call)) return { parts: [{ text: `{"title":"Sum number ${(titles += 1)}"}` }] }
    const { messages } = call.body
    const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
    const isResult = JSON.stringify(last).includes('"role":"tool"')
    return isResult
      ? { parts: [{ text: 'That is the sum.' }] }
      : { parts: [{ call: { name: 'calculate', arguments: { expression: '17 * 23' } } }] }
  }
}

/** Returns the requests for answers, without those for titles. */
export function chatCalls(fake: FakeUpstream): UpstreamCall[] {
  return fake.calls.filter(isChat)
}

/** Requests for titles ask for JSON of a given schema. */
function isChat({ body }: UpstreamCall): boolean {
  return !('response_format' in body || 'text' in body)
}

export interface Barrier {
  /** A part of an answer that blocks until `open` is called. */
  part: AnswerPart
  open(): void
}

export function barrier(): Barrier {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { part: { wait: promise }, open: () => resolve() }
}
