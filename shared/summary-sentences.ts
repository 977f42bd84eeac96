// What a summary costs and saves, in sentences.
import { formatUsd } from './money.ts'
import type { ConversationSummaryText, SummaryPreview } from './summaries.ts'
import { language, plural, t } from './translate.ts'

const tokensOf = (count: number) => t`about ${t`${count.toLocaleString(language())} tokens`}`

/** Example: "Costs about $0.04 and $0.09 of lost cache, saves about $0.03 a turn: pays after 5 turns." */
export function previewSentence(preview: SummaryPreview): string {
  const tokens = tokensOf(preview.replacedTokens - preview.tokens)
  return `${t`Each request then carries ${tokens} less.`} ${priceSentence(preview)}`
}

function priceSentence(preview: SummaryPreview): string {
  const { costNanoUsd, lostCacheNanoUsd, savesPerTurnNanoUsd, paysAfterTurns, demo } = preview
  if (demo) return t`The demo is not billed.`
  if (costNanoUsd === null || savesPerTurnNanoUsd === null) {
    return t`${preview.model} has no price, so what it costs is not known.`
  }
  if (costNanoUsd === 0) return t`It costs nothing.`
  const cost = lostCacheNanoUsd
    ? t`${formatUsd(costNanoUsd)} and ${formatUsd(lostCacheNanoUsd)} of lost cache`
    : formatUsd(costNanoUsd)
  if (paysAfterTurns === null) return t`Costs about ${cost}, which it does not save again.`
  const saves = formatUsd(savesPerTurnNanoUsd)
  const turns = paysAfterTurns.toLocaleString(language())
  return plural(paysAfterTurns, {
    one: t`Costs about ${cost}, saves about ${saves} a turn: pays after 1 turn.`,
    other: t`Costs about ${cost}, saves about ${saves} a turn: pays after ${turns} turns.`,
  })
}

/** Example: "Cost $0.04 and about $0.09 of lost cache. 7 requests since have saved about $0.21." */
export function savedSentence(summary: ConversationSummaryText): string {
  const { costNanoUsd, demo } = summary
  const carried = carriedSentence(summary)
  return costNanoUsd === null || demo ? carried : `${costSentence(costNanoUsd, summary)} ${carried}`
}

function costSentence(costNanoUsd: number, { lostCacheNanoUsd }: ConversationSummaryText): string {
  const cost = formatUsd(costNanoUsd)
  if (!lostCacheNanoUsd) return t`Cost ${cost}.`
  return t`Cost ${cost} and about ${formatUsd(lostCacheNanoUsd)} of lost cache.`
}

function carriedSentence({ costNanoUsd, saved, demo }: ConversationSummaryText): string {
  if (saved.requests === 0) return t`No request has carried it yet.`
  const requests = saved.requests.toLocaleString(language())
  const tokens = tokensOf(saved.tokens)
  if (costNanoUsd === null || demo || saved.nanoUsd === null) {
    return plural(saved.requests, {
      one: t`1 request since has carried ${tokens} less.`,
      other: t`${requests} requests since have carried ${tokens} less.`,
    })
  }
  const money = formatUsd(saved.nanoUsd)
  return plural(saved.requests, {
    one: t`1 request since has saved about ${money} and carried ${tokens} less.`,
    other: t`${requests} requests since have saved about ${money} and carried ${tokens} less.`,
  })
}
