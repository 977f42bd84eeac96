// Asks a provider for its models. What it says is only hoped to be the OpenAI list.
import * as z from 'zod/mini'
import { t } from '#shared/translate.ts'
import { readText } from './read-response.ts'
import { isRecord, recordAt } from './record.ts'
import { secretsOf } from './safe-detail.ts'
import type { ProviderConfig, ServerKind } from './types.ts'
import { classifyError, classifyReport, readReport, refuseForeign } from './classify-error.ts'
import { sendRequest } from './send-request.ts'
import { OversizedAnswer } from './upstream-fetch.ts'
import { endpointOf } from './upstream-model.ts'
import { positive } from './context-windows.ts'

export interface OfferedModel {
  id: string
  contextWindow: number | null
  /** When it was made or loaded, where the list says so. */
  created?: number
}

export interface Offer {
  models: OfferedModel[]
  /** Why the list could not be read; null when it could. */
  problem: string | null
  /** It takes requests, as far as that can be told: also where it does not list its models. */
  answers: boolean
  /** The server software, if the list shows it. */
  server?: ServerKind
  /** It answers, asks for a key, and has none. */
  needsKey?: boolean
}

const List = z.object({
  /** Ollama sends null when it has no models. */
  data: z.nullable(
    z.array(
      z.object({
        id: z.string(),
        created: z.nullish(z.number()),
        /** OpenRouter's and vLLM's names for it. */
        context_length: z.nullish(z.int()),
        max_model_len: z.nullish(z.int()),
        /** Who made the model, or, of local servers, what serves it. */
        owned_by: z.optional(z.unknown()),
        /** llama.cpp's: the context that it was started with. */
        meta: z.optional(z.unknown()),
      }),
    ),
  ),
})

/** Models that cannot hold a conversation. */
const NO_CHAT =
  /embed|whisper|\btts\b|-tts|dall-e|moderation|transcribe|realtime|gpt-image|gpt-audio|sora|rerank|babbage|davinci/i

export async function readModels(provider: ProviderConfig, timeoutMs: number): Promise<Offer> {
  const { storedKey } = provider
  if (storedKey !== null && storedKey.problem !== null) {
    return unanswered(t`Its key cannot be read. ${storedKey.problem}`)
  }
  const at = endpointOf({ ...provider, provider: provider.name, model: t`its models` })
  const isSecret = secretsOf(provider, () => [])
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await sendRequest(provider, { path: '/models', signal })
    if (response.status === 401 && provider.apiKey === null && (await isApiError(response))) {
      return {
        models: [],
        problem: t`${provider.name} asks for an API key.`,
        needsKey: true,
        answers: false,
      }
    }
    if (!response.ok) {
      await refuseForeign(response, at)
      await response.body?.cancel()
      if (response.status === 404 || response.status === 405) return unlisted(provider)
      return unanswered(classifyReport(readReport(response.status, null), at, isSecret).message)
    }
    const list = List.safeParse(await readJson(response, MAX_LIST_BYTES))
    return list.success ? offerOf(list.data) : unlisted(provider)
  } catch (error) {
    if (error instanceof SyntaxError) return unlisted(provider)
    if (error instanceof OversizedAnswer) return tooLong(provider)
    return unanswered(classifyError(error, at, isSecret, false).message)
  }
}

/** Parsing this much takes 8 ms. */
const MAX_LIST_BYTES = 2_000_000
const MAX_ERROR_BYTES = 100_000

async function readJson(response: Response, maxBytes: number): Promise<unknown> {
  return JSON.parse(await readText(response, { maxBytes }))
}

/** A page that only asks for a password is no API. */
async function isApiError(response: Response): Promise<boolean> {
  const body = await readJson(response, MAX_ERROR_BYTES).catch(() => null)
  return isRecord(body) && 'error' in body
}

/** A model with a longer name cannot be requested, and a longer list is of no use. */
const MAX_NAME_CHARS = 200
const MAX_MODELS = 2000

/** The newest first, where the provider tells. */
function offerOf({ data }: z.infer<typeof List>): Offer {
  const models = (data ?? [])
    .filter(({ id }) => id !== '' && id.length <= MAX_NAME_CHARS && !NO_CHAT.test(id))
    .toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0))
    .slice(0, MAX_MODELS)
    .map(({ id, context_length, max_model_len, meta, created }) => ({
      id,
      contextWindow: positive(
        context_length ?? max_model_len ?? recordAt({ meta }, 'meta')?.['n_ctx'],
      ),
      ...(typeof created === 'number' ? { created } : {}),
    }))
  const server = serverOf((data ?? []).map(({ owned_by }) => owned_by))
  return { models, problem: null, answers: true, ...(server === null ? {} : { server }) }
}

function serverOf(owners: unknown[]): ServerKind | null {
  if (owners.includes('llamacpp')) return 'llama.cpp'
  if (owners.includes('vllm')) return 'vllm'
  return owners.includes('library') ? 'ollama' : null
}

function unlisted({ name }: ProviderConfig): Offer {
  const problem = t`${name} does not list its models. Name them in its settings.`
  return { models: [], problem, answers: true }
}

function tooLong({ name }: ProviderConfig): Offer {
  const problem = t`The list of models of ${name} is larger than 2 MB. Name the ones you need in its settings.`
  return { models: [], problem, answers: true }
}

function unanswered(problem: string): Offer {
  return { models: [], problem, answers: false }
}
