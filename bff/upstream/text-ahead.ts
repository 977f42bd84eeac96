// The SDK builds a Chat answer from its chunks, so it must see all text, but not each token at once:
// text that the observer of the call takes reaches the SDK as one chunk, before whatever follows it.
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import { textAlone } from './delta-events.ts'
import type { WireObserver } from './wire-observer.ts'

export async function* withoutTextRead(
  chunks: AsyncIterable<ChatCompletionChunk>,
  observer: WireObserver | undefined,
): AsyncGenerator<ChatCompletionChunk> {
  let isFirst = true
  let last: ChatCompletionChunk | null = null
  let text = ''
  for await (const chunk of chunks) {
    const piece = isFirst ? '' : textAlone(chunk)
    isFirst = false
    if (piece !== '' && observer?.takes?.(chunk) === true) {
      last = chunk
      text += piece
      continue
    }
    if (last !== null) yield withText(last, text)
    last = null
    text = ''
    yield chunk
  }
  if (last !== null) yield withText(last, text)
}

function withText(chunk: ChatCompletionChunk, content: string): ChatCompletionChunk {
  const choices = chunk.choices.map((choice) => ({
    ...choice,
    delta: { ...choice.delta, content },
  }))
  return { ...chunk, choices }
}
