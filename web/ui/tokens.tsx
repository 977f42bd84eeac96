import { language, t } from '#shared/translate.ts'

const compact = new Intl.NumberFormat(language(), { notation: 'compact', maximumFractionDigits: 1 })
const full = new Intl.NumberFormat(language())

export function formatTokens(count: number): string {
  return full.format(count)
}

export function shortTokens(count: number): string {
  return compact.format(count)
}

/** A short number of tokens with the full number in its tooltip. */
export function Tokens({ count, className = '' }: { count: number; className?: string }) {
  return (
    <span className={`tabular-nums ${className}`} title={t`${full.format(count)} tokens`}>
      {shortTokens(count)}
    </span>
  )
}
