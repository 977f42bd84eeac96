import type { ModelRequest } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { entriesOf, textsIn } from './request-text.ts'

/**
 * Everything that is counted as input: the tools' definitions and the texts, so that a request that
 * continues another begins with its text. A piece at a time: a history may be long.
 */
export async function inputText(request: ModelRequest): Promise<string> {
  const { systemInstructions } = request
  const tools = [...request.tools, ...request.handoffs]
  const texts = tools.length === 0 ? [] : [JSON.stringify(tools)]
  if (systemInstructions !== undefined) texts.push(systemInstructions)
  for await (const piece of inPieces(entriesOf(request))) texts.push(...textsIn(piece))
  return texts.join('\n')
}
