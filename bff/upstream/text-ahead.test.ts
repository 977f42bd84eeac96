import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import { expect, test } from 'vitest'
import { textAlone } from './delta-events.ts'
import { withoutTextRead } from './text-ahead.ts'

type Delta = ChatCompletionChunk.Choice.Delta

const chunkOf = (delta: Delta, more: Partial<ChatCompletionChunk> = {}): ChatCompletionChunk => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
})

const call = { index: 0, id: 'call_1', function: { name: 'look_up', arguments: '{}' } }
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
const CHUNKS = [
  chunkOf({ role: 'assistant', content: '' }),
  chunkOf({ content: 'A river ' }),
  chunkOf({ content: 'bends.' }),
  chunkOf({ content: ' So', tool_calls: [call] }),
  chunkOf({ content: ' it' }),
  chunkOf({ content: ' is' }, { usage }),
  chunkOf({ content: ' said.' }),
]

async function pass(takes: boolean) {
  const taken: string[] = []
  const passed: ChatCompletionChunk[] = []
  const observer = {
    onBytes: () => {},
    onResend: () => {},
    takes: (chunk: unknown) => {
      if (takes) taken.push(textAlone(chunk))
      return takes
    },
  }
  async function* arriving() {
    yield* CHUNKS
  }
  for await (const chunk of withoutTextRead(arriving(), observer)) passed.push(chunk)
  return { taken, texts: passed.map(({ choices }) => choices[0]?.delta.content), passed }
}

test('text that is taken reaches the SDK as one chunk, before what follows it', async () => {
  const { taken, texts, passed } = await pass(true)
  expect(taken).toEqual(['A river ', 'bends.', ' it', ' said.'])
  expect(texts).toEqual(['', 'A river bends.', ' So', ' it', ' is', ' said.'])
  expect(passed[2]?.choices[0]?.delta.tool_calls).toEqual([call])
  expect(passed[4]?.usage).toEqual(usage)
})

test('without anyone who takes it, nothing changes', async () => {
  expect((await pass(false)).passed).toEqual(CHUNKS)
})
