const ofTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
const ofDay = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

export function formatRuleTime(time: string): string {
  return ofTime.format(new Date(time))
}

export function formatRuleDay(time: string): string {
  return ofDay.format(new Date(time))
}
