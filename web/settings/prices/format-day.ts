import { language } from '#shared/translate.ts'

const ofDay = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' })

/** English has a day as the price lists write it: 2026-09-22. */
export function formatDay(day: string): string {
  return language() === 'en' ? day : ofDay.format(new Date(day))
}
