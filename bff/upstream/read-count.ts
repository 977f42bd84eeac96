// Reads the answer of a counting endpoint: `input_tokens`, at OpenAI and at Anthropic.
import { isRecord } from './record.ts'

/** Enough for an answer that is only a number. */
const MAX_CHARS = 10_000

/** Returns null if it does not count. */
export async function readCount(response: Response): Promise<number | null> {
  if (!response.ok) {
    await response.body?.cancel()
    return null
  }
  const text = await response.text()
  const said: unknown = text.length > MAX_CHARS ? null : JSON.parse(text)
  const tokens = isRecord(said) ? said['input_tokens'] : undefined
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens > 0 ? tokens : null
}
