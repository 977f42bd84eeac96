// The cache report of a conversation, over HTTP.
import { Hono } from 'hono'
import { ConversationCache, type MissCause } from '#shared/call-cache.ts'
import type { Database } from '../../db/open.ts'
import { json, operation } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { callCache } from './call-cache.ts'
import { type CachedCall, cachedCalls } from './cache-store.ts'

const MAX_CALLS = 2000

export function cacheRoutes({ db }: { db: Database }): Hono {
  const app = new Hono()
  app.get(
    '/api/conversations/:id/cache',
    operation({
      operationId: 'getCacheUse',
      summary: 'How much of a conversation was read from the provider’s cache, and why not more',
      description:
        'Of the newest 2,000 answering requests whose provider reports what it read from its cache.',
      responses: { 200: json(ConversationCache) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const calls = await cachedCalls(db, c.req.param('id'), MAX_CALLS)
      if (calls === null) throw new Problem('conversation_not_found')
      return c.json(summed(calls))
    },
  )
  return app
}

function summed(calls: CachedCall[]): ConversationCache {
  const inputTokens = calls.reduce((sum, call) => sum + call.inputTokens, 0)
  const cachedInputTokens = calls.reduce((sum, call) => sum + call.cachedInputTokens, 0)
  return {
    calls: calls.length,
    inputTokens,
    cachedInputTokens,
    hitRate: inputTokens === 0 ? null : Math.min(1, cachedInputTokens / inputTokens),
    misses: missesOf(calls),
  }
}

function missesOf(calls: CachedCall[]): ConversationCache['misses'] {
  const byCause = new Map<MissCause, { calls: number; missedTokens: number }>()
  for (const call of calls) {
    const { cause, missedTokens } = callCache(call, call.reuse)
    if (cause === null) continue
    const sum = byCause.get(cause) ?? { calls: 0, missedTokens: 0 }
    sum.calls += 1
    sum.missedTokens += missedTokens ?? 0
    byCause.set(cause, sum)
  }
  return [...byCause]
    .map(([cause, sum]) => ({ cause, ...sum }))
    .toSorted((a, b) => b.missedTokens - a.missedTokens || b.calls - a.calls)
}
