// The streams of both OpenAI APIs as sent on the wire: 250 to 300 bytes per token.
const created = 1_767_225_600
const model = 'gpt-4.1-2025-04-14'
const padding = 'Xk3vQ9mB2nLw7RtY'

const sse = (data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

export const responses = {
  head: (id) => {
    const response = { ...responseOf(id, 'in_progress', []), usage: null }
    return [
      sse({ type: 'response.created', sequence_number: 0, response }),
      sse({ type: 'response.in_progress', sequence_number: 1, response }),
      sse({
        type: 'response.output_item.added',
        sequence_number: 2,
        output_index: 0,
        item: { ...messageOf(id, ''), status: 'in_progress', content: [] },
      }),
      sse({
        type: 'response.content_part.added',
        sequence_number: 3,
        item_id: `msg_${id}`,
        output_index: 0,
        content_index: 0,
        part: partOf(''),
      }),
    ].join('')
  },
  token: (id, index, delta) =>
    sse({
      type: 'response.output_text.delta',
      sequence_number: 4 + index,
      item_id: `msg_${id}`,
      output_index: 0,
      content_index: 0,
      delta,
      logprobs: [],
      obfuscation: padding.slice(index % 16),
    }),
  tail: (id, count, text) => {
    const item = messageOf(id, text)
    const at = { item_id: item.id, output_index: 0, content_index: 0 }
    return [
      sse({
        type: 'response.output_text.done',
        sequence_number: count + 4,
        ...at,
        text,
        logprobs: [],
      }),
      sse({
        type: 'response.content_part.done',
        sequence_number: count + 5,
        ...at,
        part: partOf(text),
      }),
      sse({ type: 'response.output_item.done', sequence_number: count + 6, output_index: 0, item }),
      sse({
        type: 'response.completed',
        sequence_number: count + 7,
        response: responseOf(id, 'completed', [item], usageOf(count)),
      }),
    ].join('')
  },
  /** An answer that is one call of a tool. */
  call: (id, called) => {
    const item = { id: `fc_${id}`, type: 'function_call', call_id: `call_${id}`, ...called }
    const begun = { ...item, status: 'in_progress', arguments: '' }
    const done = { ...item, status: 'completed' }
    const at = { item_id: item.id, output_index: 0 }
    const response = { ...responseOf(id, 'in_progress', []), usage: null }
    const { arguments: args } = called
    return [
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item: begun },
      { type: 'response.function_call_arguments.delta', ...at, delta: args },
      { type: 'response.function_call_arguments.done', ...at, arguments: args },
      { type: 'response.output_item.done', output_index: 0, item: done },
      {
        type: 'response.completed',
        response: responseOf(id, 'completed', [done], usageOf(8)),
      },
    ]
      .map((data, index) => sse({ ...data, sequence_number: index }))
      .join('')
  },
  whole: (text) => responseOf('whole', 'completed', [messageOf('whole', text)], usageOf(8)),
}

function responseOf(id, status, output, usage = null) {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: created,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage,
    user: null,
    metadata: {},
  }
}

function usageOf(count) {
  return {
    input_tokens: 412,
    input_tokens_details: { cached_tokens: 128 },
    output_tokens: count,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 412 + count,
  }
}

function messageOf(id, text) {
  return {
    id: `msg_${id}`,
    type: 'message',
    status: 'completed',
    content: [partOf(text)],
    role: 'assistant',
  }
}

function partOf(text) {
  return { type: 'output_text', annotations: [], logprobs: [], text }
}

export const chat = {
  head: (id) => chunk(id, [choice({ role: 'assistant', content: '', refusal: null })]),
  token: (id, index, content) =>
    chunk(id, [choice({ content })], { obfuscation: padding.slice(index % 16) }),
  tail: (id, count) =>
    [
      chunk(id, [choice({}, 'stop')]),
      chunk(id, [], { usage: chatUsageOf(count) }),
      'data: [DONE]\n\n',
    ].join(''),
  call: (id, called) => {
    const call = { index: 0, id: `call_${id}`, type: 'function', function: called }
    return [
      chunk(id, [choice({ role: 'assistant', content: null, tool_calls: [call] })]),
      chunk(id, [choice({}, 'tool_calls')]),
      chunk(id, [], { usage: chatUsageOf(8) }),
      'data: [DONE]\n\n',
    ].join('')
  },
  whole: (content) => ({
    id: 'chatcmpl-whole',
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: chatUsageOf(8),
  }),
}

function chatUsageOf(count) {
  return {
    prompt_tokens: 412,
    completion_tokens: count,
    total_tokens: 412 + count,
    prompt_tokens_details: { cached_tokens: 128, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  }
}

function chunk(id, choices, more = {}) {
  const data = {
    id: `chatcmpl-${id}`,
    object: 'chat.completion.chunk',
    created,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_51e1070cf2',
    choices,
    usage: null,
    ...more,
  }
  return `data: ${JSON.stringify(data)}\n\n`
}

function choice(delta, finishReason = null) {
  return { index: 0, delta, logprobs: null, finish_reason: finishReason }
}
