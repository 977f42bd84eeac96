// Requests about prompts.
import { queryOptions } from '@tanstack/react-query'
import {
  type CreatePrompt,
  Prompt,
  PromptImportReport,
  PromptList,
  type UpdatePrompt,
} from '#shared/prompts.ts'
import { request, send } from './request.ts'
import { t } from '#shared/translate.ts'

export const promptsQuery = () =>
  queryOptions({
    queryKey: ['prompts'],
    queryFn: async ({ signal }) => (await request('/api/prompts', PromptList, { signal })).items,
  })

export function createPrompt(body: CreatePrompt): Promise<Prompt> {
  return request('/api/prompts', Prompt, { method: 'POST', body })
}

export function updatePrompt(id: string, body: UpdatePrompt): Promise<Prompt> {
  return request(`/api/prompts/${id}`, Prompt, { method: 'PATCH', body })
}

export async function deletePrompt(id: string): Promise<void> {
  await send(`/api/prompts/${id}`, { method: 'DELETE' })
}

/** Fit into one request: 20 texts of the greatest length. */
const ENTRIES_AT_ONCE = 20
const MAX_ENTRIES = 5000
const MAX_FILE_CHARS = 30_000_000

/** In as many requests as it takes. */
export async function importPrompts(file: File): Promise<PromptImportReport> {
  const entries = entriesIn(file.size > MAX_FILE_CHARS ? '' : await file.text())
  const report: PromptImportReport = { added: 0, skipped: 0, renamed: [], refused: [] }
  for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
    const body = entries.slice(from, from + ENTRIES_AT_ONCE)
    const part = await request('/api/prompts/import', PromptImportReport, { method: 'POST', body })
    report.added += part.added
    report.skipped += part.skipped
    report.renamed.push(...part.renamed)
    report.refused.push(...part.refused)
  }
  return report
}

function entriesIn(text: string): unknown[] {
  const entries = listIn(text)
  if (entries === null) {
    throw new Error(
      t`This is no file of prompts. Choose the JSON that Tally or Open WebUI exports.`,
    )
  }
  if (entries.length <= MAX_ENTRIES) return entries
  throw new Error(t`This file has more than ${MAX_ENTRIES} prompts. Split it.`)
}

function listIn(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
    const prompts = new Map<string, unknown>(Object.entries(value ?? {})).get('prompts')
    return Array.isArray(prompts) ? prompts : null
  } catch {
    return null
  }
}
