import { useQuery } from '@tanstack/react-query'
import type { ReceiptCall } from '#shared/api.ts'
import type { CallCache } from '#shared/call-cache.ts'
import { cacheQuery } from '../api/receipts.ts'
import {
  causeSentence,
  hitRateOf,
  hitSentence,
  missesSentence,
  formatPercent,
} from './format-cache.ts'
import { t } from '#shared/translate.ts'

/** The cache hit rate of a request and why it is not higher. */
export function CacheNote({ cache }: { cache: CallCache | undefined }) {
  if (cache === undefined) return null
  const hit = hitSentence(cache)
  if (hit === null) return null
  const cause = causeSentence(cache)
  return (
    <p className="text-sm text-muted">
      <span className="font-medium text-ink">{hit}</span>
      {cause !== null && ` ${cause}`}
    </p>
  )
}

/** The cache hit rate of a conversation and its main causes of misses. */
export function ConversationCacheNote({ conversationId }: { conversationId: string }) {
  const cache = useQuery({ ...cacheQuery(conversationId), refetchOnMount: 'always' }).data
  if (cache === undefined || cache.hitRate === null) return null
  const misses = missesSentence(cache)
  return (
    <p className="text-sm text-muted">
      <span className="font-medium text-ink">
        {t`Cache: ${formatPercent(cache.hitRate)} of the input of its answers.`}
      </span>
      {misses !== null && ` ${misses}`}
    </p>
  )
}

/** The cache hit rates of an answer and of its conversation. */
export function CacheRates({ calls }: { calls: ReceiptCall[] }) {
  const conversationId = calls[0]?.conversationId ?? null
  const rate = hitRateOf(calls)
  const whole = useQuery({
    ...cacheQuery(conversationId ?? ''),
    enabled: conversationId !== null && rate !== null,
    refetchOnMount: 'always',
  })
  if (rate === null) return null
  const ofConversation = whole.data?.hitRate ?? null
  return (
    <p className="w-full text-sm text-muted tabular-nums">
      {ofConversation === null
        ? t`Cache: ${formatPercent(rate)} of this answer’s input`
        : t`Cache: ${formatPercent(rate)} of this answer’s input, ${formatPercent(ofConversation)} of the conversation’s`}
    </p>
  )
}
