// What the worker thread does for the main thread. Both are copied between the threads, so they are
// plain data.
import * as z from 'zod/mini'
import { SearchHit } from '#shared/api.ts'

export type Job =
  | { name: 'countTokens'; input: string[] }
  | { name: 'splitTokens'; input: string }
  | { name: 'searchMessages'; input: { file: string; query: string; limit: number } }

/** How many tokens each text has. */
export const TokenCounts = z.array(z.number())
/** The text in the pieces in which a model would write it. */
export const Tokens = z.array(z.string())
export const SearchHits = z.array(SearchHit)

/** A request, or the word that nobody waits for its answer any more. */
export type ToWorker = { id: number; job: Job } | { id: number; cancel: true }

export type FromWorker = { id: number; output: unknown } | { id: number; failure: string }
