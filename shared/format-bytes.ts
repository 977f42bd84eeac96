import { language, t } from './translate.ts'

const DIGITS = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }

/** Returns a size such as "41 kB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return t`${Math.round(bytes / 1000)} kB`
  return t`${(bytes / 1_000_000).toLocaleString(language(), DIGITS)} MB`
}
