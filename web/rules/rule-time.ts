import { language } from '#shared/translate.ts'

const ofTime = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' })
const ofDay = new Intl.DateTimeFormat(language(), { dateStyle: 'medium' })

export function formatRuleTime(time: string): string {
  return ofTime.format(new Date(time))
}

export function formatRuleDay(time: string): string {
  return ofDay.format(new Date(time))
}
