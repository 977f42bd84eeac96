// The models that a conversation is compared with: all models of the user's providers, and the chat
// models that the common makers still sell, at their makers' prices.
import type { ModelInfo } from '@pydantic/genai-prices'
import type { WhatIfModel } from '#shared/what-if.ts'
import { listedAddress } from '../pricing/price-address.ts'
import { listPricer } from '../pricing/price-from-list.ts'
import { pricerOf } from '../pricing/price-in-force.ts'
import type { Pricer, PriceTarget } from '../pricing/price.ts'
import { modelsOf } from '../pricing/price-list.ts'
import { isShutDown } from '../pricing/model-shutdowns.ts'

/** A model that one of the user's providers offers. */
export interface OwnModel {
  target: PriceTarget & { provider: string }
  model: string
  contextWindow: number | null
}

export interface Candidate extends Pick<WhatIfModel, 'provider' | 'model' | 'from'> {
  contextWindow: number | null
  pricer: Pricer
}

const MAKERS = [
  'openai',
  'anthropic',
  'google',
  'x-ai',
  'deepseek',
  'mistral',
  'moonshotai',
  'zai',
  'minimax',
  'cohere',
]

/** Speech, images, embeddings, fine-tunes, and models older than chat. */
const NO_CHAT =
  /audio|image|realtime|tts|transcribe|whisper|embed|moderation|live|rerank|ocr|search|research|computer-use|guard|vision|omni|instruct|^ft:|\.ft-|^(ada|babbage|curie|davinci)|^text-|^claude-(2|v1)/

/** A generator, because finding a model in a list takes a moment. */
export function* candidates(own: OwnModel[], now: Date): Generator<Candidate> {
  for (const { target, model, contextWindow } of own) {
    const pricer = pricerOf(target, model)
    yield { provider: target.provider, model, from: 'own', contextWindow, pricer }
  }
  for (const provider of MAKERS) {
    for (const model of modelsOf(provider)) {
      if (!isSold(provider, model, now) || !isOwnChatModel(provider, model.id)) continue
      if (own.some((one) => isSame(one, provider, model.id))) continue
      const contextWindow = model.context_window ?? null
      const pricer = listPricer(provider, model)
      yield { provider, model: model.id, from: 'list', contextWindow, pricer }
    }
  }
}

/** True if the maker still sells the model itself, not only through a router. */
function isSold(
  maker: string,
  { id, deprecated, price_comments: comments = '' }: ModelInfo,
  now: Date,
): boolean {
  if (deprecated === true || isShutDown(maker, id, now)) return false
  return !id.includes(':') && !/openrouter/i.test(comments)
}

/** Google also sells models of other makers. */
function isOwnChatModel(provider: string, model: string): boolean {
  return !NO_CHAT.test(model) && (provider !== 'google' || /^(gemini|gemma)/.test(model))
}

/** True if the user already has the model from its maker. */
function isSame({ target, model }: OwnModel, provider: string, listed: string): boolean {
  return model === listed && listedAddress(target.baseUrl)?.provider === provider
}
