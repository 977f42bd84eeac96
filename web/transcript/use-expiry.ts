import { useNow } from '../ui/use-now.ts'
import type { LiveMessage } from './live-message.ts'
import { t } from '#shared/translate.ts'

/** Says when a wait ends by itself, and keeps that up to date. */
export function useExpiry(expiresAt: string, live: LiveMessage | null): string {
  const now = useNow(30_000)
  return formatExpiry(Date.parse(expiresAt) - (live?.now() ?? now))
}

/** Example: "Expires in 23 h." */
export function formatExpiry(leftMs: number): string {
  const minutes = Math.floor(leftMs / 60_000)
  if (minutes < 1) return t`Expires now.`
  if (minutes < 60) return t`Expires in ${minutes} min.`
  // A deadline of a day reads so at once.
  const hours = Math.floor((minutes + 1) / 60)
  return hours < 48 ? t`Expires in ${hours} h.` : t`Expires in ${Math.floor(hours / 24)} days.`
}
