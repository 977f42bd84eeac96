// What the model gets of an attached file and what that costs, in a line.
import type { RequestEstimate } from '#shared/estimate.ts'
import { pagesIn } from '#shared/page-ranges.ts'
import { formatAmount } from '#shared/money.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { Attachment } from './attachment.ts'

export type Pricing = Pick<RequestEstimate, 'model' | 'price' | 'takesImages'>

export function formatAttachment(file: Attachment, pricing: Pricing | null): string {
  const { info, progress, error } = file
  if (error !== undefined) return error
  if (info === undefined) {
    return progress === undefined || progress >= 1
      ? 'Reading…'
      : `Uploading ${Math.round(progress * 100)} %`
  }
  if (file.send === 'original') return 'The provider reads the pages and counts them'
  const what = describe(file)
  const tokens = tokensOf(file)
  if (tokens === null) return what
  const cost = costOf(tokens, pricing)
  const line = `${what}: ≈ ${formatTokens(tokens)} tokens${cost === null ? '' : `, ${cost}`}`
  const warning = info.type.startsWith('image/') ? imageWarning(pricing) : null
  return warning === null ? line : `${line}. ${warning}`
}

function describe({ info, pages }: Attachment): string {
  if (info === undefined) return ''
  if (info.type.startsWith('image/')) return `Image ${info.width} × ${info.height}`
  if (info.pages === undefined) {
    return info.tokens === undefined ? 'Too long to be sent. Attach a part of it.' : 'Whole file'
  }
  if (pages === undefined) {
    const all = info.pages === 1 ? '1 page' : `All ${info.pages} pages`
    return info.tokens === undefined ? `${all}: too long to be sent. Choose pages.` : all
  }
  const chosen = pagesIn(pages, info.pages)
  if (chosen === null) return `Name pages from 1 to ${info.pages}, such as 1-3, 7`
  return chosen.length === 1 ? '1 page' : `${chosen.length} pages`
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
  if (price === null) return 'unpriced'
  if (price.origin === 'demo') return 'demo'
  const costNanoUsd = Math.round((tokens * price.inputPerMTok) / 1_000_000)
  return formatAmount({ costNanoUsd, certainty: 'estimated' })
}

function imageWarning(pricing: Pricing | null): string | null {
  if (pricing === null || pricing.takesImages === true) return null
  return pricing.takesImages === false
    ? `${pricing.model} does not see images`
    : `Tally does not know whether ${pricing.model} sees images`
}
