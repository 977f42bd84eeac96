// The Responses wire format of the fake upstream.
import {
  argumentText,
  DEFAULT_PARTS,
  pieces,
  textPieces,
  type Answer,
  type AnswerPart,
  type FakeRequest,
  type Frame,
} from './fake-answer.ts'

const USAGE = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 40 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 120,
}

type Status = 'in_progress' | 'completed' | 'incomplete' | 'failed'
type OutputItem = { id: string; type: string } & Record<string, unknown>

export function* responsesFrames(request: FakeRequest, answer: Answer): Generator<Frame> {
  let sequence = 0
  const send = (type: string, rest: object): Frame => ({
    send: { type, sequence_number: sequence++, ...rest },
  })
  yield send('response.created', { response: responseBody(request, answer, 'in_progress') })
  let position = 0
  for (const part of answer.parts ?? DEFAULT_PARTS) {
    const item = outputItem(request, part, position)
    if (item === null) {
      if ('wait' in part || 'fault' in part) yield part
      continue
    }
    const itemPosition = { output_index: position, item_id: item.id }
    yield send('response.output_item.added', {
      output_index: position,
      item: { ...item, ...emptied(part) },
    })
    for (const [type, rest] of partEvents(part, answer.chars ?? 4)) {
      yield send(type, { ...itemPosition, ...rest })
    }
    yield send('response.output_item.done', { output_index: position, item })
    position += 1
  }
  const status = endStatus(answer)
  if (status === null) return
  yield send(`response.${status}`, { response: responseBody(request, answer, status) })
}

export function responseBody(
  request: FakeRequest,
  answer: Answer,
  status: Status = 'completed',
): object {
  const started = status === 'in_progress'
  // Only output items have an index, as in the stream.
  const parts = started ? [] : (answer.parts ?? DEFAULT_PARTS).filter((part) => isItem(part))
  return {
    ...(answer.id === null ? {} : { id: answer.id ?? `resp_${request.index}` }),
    object: 'response',
    created_at: 1,
    status,
    model: answer.model ?? request.model,
    output: parts.map((part, index) => outputItem(request, part, index)),
    error: status === 'failed' ? { code: 'server_error', message: 'The fake model failed.' } : null,
    incomplete_details: status === 'incomplete' ? { reason: incompleteReason(answer) } : null,
    usage: started || answer.usage === null ? null : (answer.usage ?? USAGE),
    parallel_tool_calls: true,
    tools: [],
    tool_choice: 'auto',
    metadata: {},
    ...(answer.serviceTier === undefined ? {} : { service_tier: answer.serviceTier }),
  }
}

/** Null leaves the terminal event out. */
function endStatus({ finish = 'stop' }: Answer): Status | null {
  if (finish === 'none') return null
  if (finish === 'failed') return 'failed'
  return finish === 'stop' ? 'completed' : 'incomplete'
}

function incompleteReason(answer: Answer): string {
  return answer.finish === 'length' ? 'max_output_tokens' : 'content_filter'
}

function isItem(part: AnswerPart): boolean {
  return !('wait' in part || 'fault' in part)
}

function outputItem(request: FakeRequest, part: AnswerPart, position: number): OutputItem | null {
  const id = `${request.index}_${position}`
  if ('text' in part) {
    return message(id, { type: 'output_text', text: part.text, annotations: [], logprobs: [] })
  }
  if ('refusal' in part) return message(id, { type: 'refusal', refusal: part.refusal })
  if ('reasoning' in part) {
    const summary = [{ type: 'summary_text', text: part.reasoning }]
    return { id: `rs_${id}`, type: 'reasoning', summary }
  }
  if ('call' in part) {
    return {
      id: `fc_${id}`,
      type: 'function_call',
      call_id: part.call.id ?? `call_${id}`,
      name: part.call.name,
      arguments: argumentText(part.call),
      status: 'completed',
    }
  }
  return null
}

function message(id: string, content: object): OutputItem {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [content],
  }
}

/** Returns the fields of an item that differ when it is announced. */
function emptied(part: AnswerPart): object {
  if ('call' in part) return { arguments: '', status: 'in_progress' }
  if ('reasoning' in part) return { summary: [] }
  return { content: [], status: 'in_progress' }
}

function* partEvents(part: AnswerPart, chars: number): Generator<[string, object]> {
  if ('text' in part) {
    const open = { content_index: 0, part: { type: 'output_text', text: '', annotations: [] } }
    yield ['response.content_part.added', open]
    for (const delta of textPieces(part.text, chars)) {
      yield ['response.output_text.delta', { content_index: 0, delta, logprobs: [] }]
    }
    yield ['response.output_text.done', { content_index: 0, text: part.text }]
  } else if ('refusal' in part) {
    for (const delta of pieces(part.refusal, chars)) {
      yield ['response.refusal.delta', { content_index: 0, delta }]
    }
    yield ['response.refusal.done', { content_index: 0, refusal: part.refusal }]
  } else if ('reasoning' in part) {
    for (const delta of pieces(part.reasoning, chars)) {
      yield ['response.reasoning_summary_text.delta', { summary_index: 0, delta }]
    }
    yield ['response.reasoning_summary_text.done', { summary_index: 0, text: part.reasoning }]
  } else if ('call' in part) {
    const text = argumentText(part.call)
    for (const delta of pieces(text, chars)) {
      yield ['response.function_call_arguments.delta', { delta }]
    }
    yield ['response.function_call_arguments.done', { arguments: text }]
  }
}
