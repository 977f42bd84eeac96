// Finds the context window of a model that the list of models does not name: llama.cpp and Ollama have endpoints of
// their own. Only a server that its list shows to be one of them is asked.
import * as z from 'zod/mini'
import type { ServerKind } from './types.ts'
import { type Endpoint, sendRequest } from './send-request.ts'

export interface UnknownWindow {
  id: string
  /** Changes with the model. */
  version: string
}

export type ReadWindow = number | null | 'needs_key'

const MAX_MODELS_ASKED = 200
const MAX_AT_ONCE = 8

const Props = z.object({ default_generation_settings: z.object({ n_ctx: z.int() }) })
const Shown = z.object({
  parameters: z.nullish(z.string()),
  model_info: z.nullish(z.record(z.string(), z.unknown())),
})

/**
 * Caches the windows of the models that a server has now, so that a server whose models keep changing fills no memory.
 */
export class ContextWindows {
  readonly #known = new Map<string, Map<string, number>>()

  async read(
    kind: ServerKind,
    server: Endpoint,
    models: UnknownWindow[],
    signal: AbortSignal,
  ): Promise<Map<string, ReadWindow>> {
    const found = new Map<string, ReadWindow>()
    const before = this.#known.get(server.baseUrl ?? '')
    const known = new Map<string, number>()
    this.#known.set(server.baseUrl ?? '', known)
    const asked = models.slice(0, MAX_MODELS_ASKED)
    while (asked.length > 0 && !signal.aborted) {
      const portion = asked.splice(0, MAX_AT_ONCE)
      await Promise.all(
        portion.map(async (model) => {
          const key = JSON.stringify(model)
          const window = before?.get(key) ?? (await ask(kind, server, model.id, signal))
          // The context of llama.cpp is set anew with each of its starts.
          if (typeof window === 'number' && kind === 'ollama') known.set(key, window)
          found.set(model.id, window)
        }),
      )
    }
    return found
  }
}

async function ask(
  kind: ServerKind,
  server: Endpoint,
  model: string,
  signal: AbortSignal,
): Promise<ReadWindow> {
  try {
    const response = await sendRequest(server, {
      isAtRoot: true,
      signal,
      ...(kind === 'llama.cpp'
        ? { path: '/props', query: { model, autoload: 'false' } }
        : { path: '/api/show', body: { model } }),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return response.status === 401 ? 'needs_key' : null
    }
    const answer: unknown = await response.json()
    return kind === 'llama.cpp' ? windowInProps(answer) : windowShown(answer)
  } catch {
    return null
  }
}

function windowInProps(answer: unknown): number | null {
  const props = Props.safeParse(answer)
  return props.success ? positive(props.data.default_generation_settings.n_ctx) : null
}

/** The configured window of a model takes precedence over its maximum. */
function windowShown(answer: unknown): number | null {
  const shown = Shown.safeParse(answer)
  if (!shown.success) return null
  const { parameters, model_info: info } = shown.data
  const set = /^num_ctx\s+(\d+)/m.exec(parameters ?? '')?.[1]
  if (set !== undefined) return positive(Number(set))
  const most = Object.entries(info ?? {}).find(([name]) => name.endsWith('.context_length'))?.[1]
  return typeof most === 'number' ? positive(most) : null
}

export function positive(tokens: unknown): number | null {
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens > 0 ? tokens : null
}
