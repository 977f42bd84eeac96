// The Chat Completions wire format of the fake upstream.
import {
  argumentText,
  DEFAULT_PARTS,
  pieces,
  textPieces,
  type Answer,
  type FakeRequest,
  type FakeToolCall,
  type Frame,
} from './fake-answer.ts'

const USAGE = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 40 },
  completion_tokens_details: { reasoning_tokens: 5 },
}

export function* chatFrames(request: FakeRequest, answer: Answer): Generator<Frame> {
  const chars = answer.chars ?? 4
  const reasoningKey = answer.reasoningKey ?? 'reasoning_content'
  const chunk = (delta: object, finish: string | null = null): Frame => ({
    send: {
      ...head(request, answer, 'chat.completion.chunk'),
      choices: [{ ...choiceIndex(answer), delta, finish_reason: finish }],
    },
  })

  yield chunk({ role: 'assistant', content: '' })
  let calls = 0
  for (const part of answer.parts ?? DEFAULT_PARTS) {
    if ('text' in part) {
      for (const piece of textPieces(part.text, chars)) yield chunk({ content: piece })
    } else if ('reasoning' in part) {
      for (const piece of pieces(part.reasoning, chars)) yield chunk({ [reasoningKey]: piece })
    } else if ('refusal' in part) {
      for (const piece of pieces(part.refusal, chars)) yield chunk({ refusal: piece })
    } else if ('call' in part) {
      for (const delta of callDeltas(request, answer, part.call, calls++)) {
        yield chunk({ tool_calls: [delta] })
      }
    } else {
      yield part
    }
  }
  if (answer.finish !== 'none') yield chunk({}, finishReason(answer, calls))
  if (answer.usage !== null) {
    const usage = answer.usage ?? USAGE
    yield { send: { ...head(request, answer, 'chat.completion.chunk'), choices: [], usage } }
  }
}

export function chatBody(request: FakeRequest, answer: Answer): object {
  const parts = answer.parts ?? DEFAULT_PARTS
  const calls = parts.flatMap((part) => ('call' in part ? [part.call] : []))
  const message = {
    role: 'assistant',
    content: parts.map((part) => ('text' in part ? part.text : '')).join(''),
    ...(calls.length === 0
      ? {}
      : { tool_calls: calls.map((call, index) => wholeCall(request, answer, call, index)) }),
  }
  return {
    ...head(request, answer, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: finishReason(answer, calls.length) }],
    ...(answer.usage === null ? {} : { usage: answer.usage ?? USAGE }),
  }
}

function head(request: FakeRequest, answer: Answer, object: string) {
  return {
    ...(answer.id === null ? {} : { id: answer.id ?? `chatcmpl-${request.index}` }),
    object,
    created: 1,
    model: answer.model ?? request.model,
    ...(answer.serviceTier === undefined ? {} : { service_tier: answer.serviceTier }),
    ...(answer.systemFingerprint === undefined
      ? {}
      : { system_fingerprint: answer.systemFingerprint }),
  }
}

function choiceIndex(answer: Answer) {
  return answer.quirks?.includes('no_choice_index') ? {} : { index: 0 }
}

function finishReason(answer: Answer, calls: number): string {
  if (answer.finish === 'length' || answer.finish === 'content_filter') return answer.finish
  return calls > 0 && !answer.quirks?.includes('finish_stop') ? 'tool_calls' : 'stop'
}

function* callDeltas(
  request: FakeRequest,
  answer: Answer,
  call: FakeToolCall,
  position: number,
): Generator<object> {
  const quirks = answer.quirks ?? []
  if (quirks.includes('no_function')) {
    const { id, index } = identity(request, answer, call, position)
    yield { ...index, ...id, type: 'function' }
    return
  }
  if (quirks.includes('whole_calls') || quirks.includes('object_arguments')) {
    yield wholeCall(request, answer, call, position)
    return
  }
  const { id, index } = identity(request, answer, call, position)
  yield { ...index, ...id, type: 'function', function: { name: call.name, arguments: '' } }
  const name = quirks.includes('repeated_tool_name') ? { name: call.name } : {}
  for (const piece of pieces(argumentText(call), answer.chars ?? 4)) {
    yield { ...index, function: { ...name, arguments: piece } }
  }
}

function wholeCall(
  request: FakeRequest,
  answer: Answer,
  call: FakeToolCall,
  position: number,
): object {
  const { id, index } = identity(request, answer, call, position)
  const text = argumentText(call)
  const args: unknown = answer.quirks?.includes('object_arguments') ? JSON.parse(text) : text
  return { ...index, ...id, type: 'function', function: { name: call.name, arguments: args } }
}

function identity(request: FakeRequest, answer: Answer, call: FakeToolCall, position: number) {
  const quirks = answer.quirks ?? []
  const id = quirks.includes('same_call_id') ? 'call_0' : `call_${request.index}_${position}`
  return {
    id: quirks.includes('no_call_id') ? {} : { id: call.id ?? id },
    index: quirks.includes('no_tool_index')
      ? {}
      : { index: quirks.includes('same_tool_index') ? 0 : position },
  }
}
