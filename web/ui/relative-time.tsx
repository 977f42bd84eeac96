import { useNow } from './use-now.ts'

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago, kept true while it stands on the screen; the full time is in the tooltip. */
export function RelativeTime({ at, className = '' }: { at: string; className?: string }) {
  const now = useNow(MINUTE)
  return (
    <time dateTime={at} title={full.format(new Date(at))} className={className}>
      {timeAgo(Date.parse(at), now)}
    </time>
  )
}

export function timeAgo(at: number, now: number): string {
  const ago = Math.max(0, now - at)
  if (ago < MINUTE) return 'now'
  if (ago < HOUR) return format.format(-Math.floor(ago / MINUTE), 'minute')
  if (ago < DAY) return format.format(-Math.floor(ago / HOUR), 'hour')
  return format.format(-Math.floor(ago / DAY), 'day')
}
