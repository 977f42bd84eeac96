// Reads a spend log as JSON: a list of calls, or of days with an amount per model, as from LiteLLM.
// Numbers stay text, so that no digit is lost.
import * as z from 'zod/mini'
import { t } from '#shared/translate.ts'

const Fields = z.record(z.string(), z.unknown())
type Fields = z.infer<typeof Fields>
/** The fields that can hold the list. */
const LISTS = ['data', 'results', 'logs', 'spend_logs', 'response', 'items']

export function readEntries(text: string): Record<string, string>[] {
  const list = listIn(parse(text))
  if (list === null) throw new Error(t`This JSON contains no list of calls or days.`)
  return list.flatMap((entry, at) => {
    const fields = Fields.safeParse(entry)
    if (!fields.success) throw new Error(t`Entry ${at + 1} is not an object.`)
    return (perModel(fields.data) ?? [fields.data]).map(texts)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    )
  } catch {
    throw new Error(t`This file is not valid JSON.`)
  }
}

function listIn(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  const fields = Fields.safeParse(value)
  if (!fields.success) return null
  for (const name of LISTS) {
    const list = fields.data[name]
    if (Array.isArray(list)) return list
  }
  return null
}

/** Splits a day with `breakdown.models` or `models` into one entry per model. */
function perModel(day: Fields): Fields[] | null {
  const breakdown = Fields.safeParse(day['breakdown'])
  const models = Fields.safeParse(breakdown.success ? breakdown.data['models'] : day['models'])
  if (!models.success) return null
  const date = day['date'] ?? day['startTime']
  return Object.entries(models.data).map(([model, of]) => {
    const counted = Fields.safeParse(of)
    if (!counted.success) return { date, model, spend: of }
    const metrics = Fields.safeParse(counted.data['metrics'])
    return { ...(metrics.success ? metrics.data : counted.data), date, model }
  })
}

function texts(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [],
    ),
  )
}
