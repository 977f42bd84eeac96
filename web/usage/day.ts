import { language } from '#shared/translate.ts'

const ofDay = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' })

/** Formats a UTC day: `2026-11-02` as "Nov 2, 2026". */
export function formatDay(day: string): string {
  return ofDay.format(new Date(`${day}T00:00:00Z`))
}

const ofTime = new Intl.DateTimeFormat(language(), {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
  timeZone: 'UTC',
})

/** Formats a time in UTC, like the days. */
export function formatTime(time: string): string {
  return ofTime.format(new Date(time))
}
