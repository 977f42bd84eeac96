// The jobs of the worker thread. Messages are copied between the threads, so they are plain data.
import * as z from 'zod/mini'
import type { Language } from '#shared/translate.ts'
import { SearchHit } from '#shared/search.ts'

/** `Search` is what the search asks for. */
export type Job<Search = object> =
  | { name: 'countTokens'; input: string[] }
  | { name: 'splitTokens'; input: string }
  | { name: 'searchMessages'; input: { file: string; request: Search } }
  | { name: 'checkpoint'; input: string }
  | { name: 'closeDatabase' }
  | { name: 'renderBlock'; input: { block: string; language: Language } }

/** The number of tokens of each text. */
export const TokenCounts = z.array(z.number())
/** The text split into tokens. */
export const Tokens = z.array(z.string())
export const FoundPage = z.object({ items: z.array(SearchHit), next: z.nullable(z.number()) })
export type FoundPage = z.infer<typeof FoundPage>

export const Nothing = z.null()
export const Html = z.string()

/** A job, or its cancellation. */
export type ToWorker<Search = object> =
  | { id: number; job: Job<Search> }
  | { id: number; cancel: true }

export type FromWorker = { id: number; output: unknown } | { id: number; failure: string }
