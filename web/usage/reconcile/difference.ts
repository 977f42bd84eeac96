// How far two amounts are apart, in words.
import { formatUsd } from '#shared/money.ts'
import type { ReconciledStatus } from '#shared/reconcile.ts'

export function formatDifference(nanoUsd: number | null): string {
  if (nanoUsd === null) return 'not known'
  if (nanoUsd === 0) return '$0.00'
  return `${nanoUsd > 0 ? '+' : '−'}${formatUsd(Math.abs(nanoUsd))}`
}

/** Of what the provider says; nothing to compare with where that is nothing. */
export function formatShare(nanoUsd: number | null, theirNanoUsd: number | null): string {
  if (nanoUsd === null || theirNanoUsd === null || theirNanoUsd === 0) return '–'
  const share = nanoUsd / theirNanoUsd
  return percent.format(share).replace('-', '−')
}

export function formatStatus(status: ReconciledStatus, whose: string): string {
  switch (status) {
    case 'differs':
      return 'Differs'
    case 'only_ours':
      return 'Only in Tally'
    case 'only_theirs':
      return `Only at ${whose}`
    case 'same':
      return 'Same'
  }
}

const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumFractionDigits: 1,
})
