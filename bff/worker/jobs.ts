// The jobs of the worker thread. Messages are copied between the threads, so they are plain data.
import * as z from 'zod/mini'
import { SearchHit } from '#shared/search.ts'
import type { SearchRequest } from '../search/search-store.ts'

export type Job =
  | { name: 'countTokens'; input: string[] }
  | { name: 'splitTokens'; input: string }
  | { name: 'searchMessages'; input: { file: string; request: SearchRequest } }
  | { name: 'checkpoint'; input: string }
  | { name: 'closeDatabase' }
  | { name: 'renderBlock'; input: string }

/** The number of tokens of each text. */
export const TokenCounts = z.array(z.number())
/** The text split into tokens. */
export const Tokens = z.array(z.string())
export const FoundPage = z.object({ items: z.array(SearchHit), next: z.nullable(z.number()) })

export const Nothing = z.null()
export const Html = z.string()

/** A job, or its cancellation. */
export type ToWorker = { id: number; job: Job } | { id: number; cancel: true }

export type FromWorker = { id: number; output: unknown } | { id: number; failure: string }
