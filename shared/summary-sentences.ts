// What a summary costs and saves, in sentences.
import { formatUsd } from './money.ts'
import type { ConversationSummaryText, SummaryPreview } from './summaries.ts'

const tokensOf = (count: number) => `about ${count.toLocaleString('en-US')} tokens`

/** Example: "Costs about $0.04 and $0.09 of lost cache, saves about $0.03 a turn: pays after 5 turns." */
export function previewSentence(preview: SummaryPreview): string {
  const { costNanoUsd, lostCacheNanoUsd, savesPerTurnNanoUsd, paysAfterTurns, demo } = preview
  const less = `Each request then carries ${tokensOf(preview.replacedTokens - preview.tokens)} less.`
  if (demo) return `${less} The demo is not billed.`
  if (costNanoUsd === null || savesPerTurnNanoUsd === null) {
    return `${less} ${preview.model} has no price, so what it costs is not known.`
  }
  if (costNanoUsd === 0) return `${less} It costs nothing.`
  const lost = lostCacheNanoUsd ? ` and ${formatUsd(lostCacheNanoUsd)} of lost cache` : ''
  const price = `Costs about ${formatUsd(costNanoUsd)}${lost}`
  if (paysAfterTurns === null) return `${less} ${price}, which it does not save again.`
  const turns = paysAfterTurns === 1 ? '1 turn' : `${paysAfterTurns.toLocaleString('en-US')} turns`
  return `${less} ${price}, saves about ${formatUsd(savesPerTurnNanoUsd)} a turn: pays after ${turns}.`
}

/** Example: "Cost $0.04 and about $0.09 of lost cache. 7 requests since have saved about $0.21." */
export function savedSentence(summary: ConversationSummaryText): string {
  const { costNanoUsd, lostCacheNanoUsd, saved, demo } = summary
  const isPriced = costNanoUsd !== null && !demo
  const lost = lostCacheNanoUsd ? ` and about ${formatUsd(lostCacheNanoUsd)} of lost cache` : ''
  const cost = isPriced ? `Cost ${formatUsd(costNanoUsd)}${lost}. ` : ''
  if (saved.requests === 0) return `${cost}No request has carried it yet.`
  const one = saved.requests === 1
  const requests = one
    ? '1 request since has'
    : `${saved.requests.toLocaleString('en-US')} requests since have`
  const money =
    isPriced && saved.nanoUsd !== null ? `saved about ${formatUsd(saved.nanoUsd)} and ` : ''
  return `${cost}${requests} ${money}carried ${tokensOf(saved.tokens)} less.`
}
