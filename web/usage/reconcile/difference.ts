// Formats the difference between two amounts.
import { formatUsd } from '#shared/money.ts'
import type { ReconciledStatus } from '#shared/reconcile.ts'
import { language, t } from '#shared/translate.ts'

export function formatDifference(nanoUsd: number | null): string {
  if (nanoUsd === null) return t`not known`
  if (nanoUsd === 0) return '$0.00'
  return `${nanoUsd > 0 ? '+' : '−'}${formatUsd(Math.abs(nanoUsd))}`
}

/** Formats a difference as a percentage of the provider's amount; "–" if that is zero or unknown. */
export function formatShare(nanoUsd: number | null, theirNanoUsd: number | null): string {
  if (nanoUsd === null || theirNanoUsd === null || theirNanoUsd === 0) return '–'
  const percent = (nanoUsd / theirNanoUsd) * 100
  return `${signed.format(percent).replace('-', '−')} %`
}

export function formatStatus(status: ReconciledStatus, biller: string): string {
  switch (status) {
    case 'differs':
      return t`Differs`
    case 'only_ours':
      return t`Only in Tally`
    case 'only_theirs':
      return t`Only at ${biller}`
    case 'same':
      return t`Same`
  }
}

const signed = new Intl.NumberFormat(language(), {
  signDisplay: 'exceptZero',
  maximumFractionDigits: 1,
})
