// What the model gets of an attached file and what that costs, in a line.
import type { RequestEstimate } from '#shared/estimate.ts'
import { pagesIn } from '#shared/page-ranges.ts'
import { formatAmount } from '#shared/money.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { Attachment } from './attachment.ts'
import { plural, t } from '#shared/translate.ts'

export type Pricing = Pick<RequestEstimate, 'model' | 'price' | 'takesImages'>

export function formatAttachment(file: Attachment, pricing: Pricing | null): string {
  const { info, progress, error } = file
  if (error !== undefined) return error
  if (info === undefined) {
    return progress === undefined || progress >= 1
      ? t`Reading…`
      : t`Uploading ${Math.round(progress * 100)} %`
  }
  if (file.send === 'original') return t`The provider reads the pages and counts them`
  const what = describe(file)
  const tokens = tokensOf(file)
  if (tokens === null) return what
  const cost = costOf(tokens, pricing)
  const count = formatTokens(tokens)
  const line =
    cost === null ? t`${what}: ≈ ${count} tokens` : t`${what}: ≈ ${count} tokens, ${cost}`
  const warning = info.type.startsWith('image/') ? imageWarning(pricing) : null
  return warning === null ? line : `${line}. ${warning}`
}

function describe({ info, pages }: Attachment): string {
  if (info === undefined) return ''
  const { width = 0, height = 0 } = info
  if (info.type.startsWith('image/')) return t`Image ${width} × ${height}`
  if (info.pages === undefined) {
    return info.tokens === undefined ? t`Too long to be sent. Attach a part of it.` : t`Whole file`
  }
  if (pages === undefined) {
    const all = plural(info.pages, { one: t`1 page`, other: t`All ${info.pages} pages` })
    return info.tokens === undefined ? t`${all}: too long to be sent. Choose pages.` : all
  }
  const chosen = pagesIn(pages, info.pages)
  if (chosen === null) return t`Name pages from 1 to ${info.pages}, such as 1-3, 7`
  return plural(chosen.length, { one: t`1 page`, other: t`${chosen.length} pages` })
}

/** Null if it cannot be sent like this. */
export function tokensOf({ info, pages }: Attachment): number | null {
  if (info === undefined) return null
  if (pages === undefined || info.pages === undefined) return info.tokens ?? null
  const chosen = pagesIn(pages, info.pages)
  if (chosen === null) return null
  return chosen.reduce((sum, page) => sum + (info.pageTokens?.[page - 1] ?? 0), 0)
}

function costOf(tokens: number, pricing: Pricing | null): string | null {
  if (pricing === null) return null
  const { price } = pricing
  if (price === null) return t`unpriced`
  if (price.origin === 'demo') return t`demo`
  const costNanoUsd = Math.round((tokens * price.inputPerMTok) / 1_000_000)
  return formatAmount({ costNanoUsd, certainty: 'estimated' })
}

function imageWarning(pricing: Pricing | null): string | null {
  if (pricing === null || pricing.takesImages === true) return null
  return pricing.takesImages === false
    ? t`${pricing.model} does not see images`
    : t`Tally does not know whether ${pricing.model} sees images`
}
