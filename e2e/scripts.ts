// Scripts for the fake upstream: what it answers to chats, and hands on the tap.
import type { Answer, AnswerPart } from './fake-answer.ts'
import type { FakeUpstream, Script, UpstreamCall } from './fake-upstream.ts'

/** Answers for the requests of chats in their order, the last one again and again; titles apart. */
export function chats(...answers: Answer[]): Script {
  let asked = 0
  return (call) => {
    if (!isChat(call)) return { parts: [{ text: '{"title":"A short title"}' }] }
    return answers[Math.min(asked++, answers.length - 1)] ?? {}
  }
}

/** Answers each question with the tool `calculate`, and every title is another one. */
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

/** The requests made to answer a person, so without those made for titles. */
export function chatCalls(fake: FakeUpstream): UpstreamCall[] {
  return fake.calls.filter(isChat)
}

/** A title is asked for as JSON of a given shape. */
function isChat({ body }: UpstreamCall): boolean {
  return !('response_format' in body || 'text' in body)
}

export interface Barrier {
  /** Put between the parts of an answer: nothing passes until the tap is open. */
  part: AnswerPart
  open(): void
}

export function barrier(): Barrier {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { part: { wait: promise }, open: () => resolve() }
}
