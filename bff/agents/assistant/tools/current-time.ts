import { english, t } from '#shared/translate.ts'
import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { ToolError } from '../../../runtime/tool-error.ts'

/** The language of what a model reads. */
const FOR_MODELS = 'en-US'

export const currentTime = defineTool({
  name: 'current_time',
  description: english`The current date, weekday and time. Use it for every question that depends on today or now.`,
  parameters: z.object({
    timeZone: z
      .string()
      .nullable()
      .describe('IANA name such as Europe/Oslo; null for the time zone of the person.'),
  }),
  execute: ({ timeZone }, person) => describeTime(new Date(), timeZone ?? person.timeZone),
  pendingLabel: ({ timeZone }) =>
    timeZone ? t`Look up the time · ${timeZone}` : t`Look up the time`,
  label: (_, { timeZone }) => t`Looked up the time · ${timeZone}`,
})

export interface TimeDescription {
  timeZone: string
  weekday: string
  date: string
  time: string
  utcOffset: string
  utc: string
}

export function describeTime(now: Date, timeZone: string): TimeDescription {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return {
    timeZone,
    weekday: part('weekday'),
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    utcOffset: part('timeZoneName').replace('GMT', '') || '+00:00',
    utc: now.toISOString(),
  }
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(FOR_MODELS, {
      timeZone,
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
  } catch {
    throw new ToolError(
      t`There is no time zone "${timeZone}". Use an IANA name such as Europe/Oslo.`,
    )
  }
}
