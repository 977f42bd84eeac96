// Converts the settings of a conversation to form fields and back. An empty field is not sent.
import { type Conversation, type ConversationSettings, UpdateConversation } from '#shared/api.ts'
import { parseTokens, parseUsd, usdText } from './usd.ts'

const FIELDS = [
  'title',
  'agent',
  'instructions',
  'temperature',
  'topP',
  'maxOutputTokens',
  'reasoningEffort',
  'budgetNanoUsd',
  'budgetTokens',
  'summarizeAbovePercent',
] as const
export type FieldName = (typeof FIELDS)[number]
export type SettingsForm = Record<FieldName, string>

/** The props of a field. */
export interface FieldControl {
  name: FieldName
  value: string
  wrong: boolean
  onText: (text: string) => void
}

export interface Configured {
  /** Null if there is no conversation yet. */
  title: string | null
  agent: string | null
  settings: ConversationSettings
}

/** Settings are complete: they replace the stored ones. */
export type SettingsChange = Pick<UpdateConversation, 'title' | 'agent'> &
  Pick<Conversation, 'settings'>

export function toForm({ title, agent, settings }: Configured): SettingsForm {
  return {
    title: title ?? '',
    agent: agent ?? '',
    instructions: settings.instructions ?? '',
    temperature: String(settings.temperature ?? ''),
    topP: String(settings.topP ?? ''),
    maxOutputTokens: String(settings.maxOutputTokens ?? ''),
    reasoningEffort: settings.reasoningEffort ?? '',
    budgetNanoUsd: usdText(settings.budgetNanoUsd ?? null),
    budgetTokens: String(settings.budgetTokens ?? ''),
    summarizeAbovePercent: String(settings.summarizeAbovePercent ?? ''),
  }
}

export function parseForm(
  form: SettingsForm,
): { ok: true; change: SettingsChange } | { ok: false; wrong: FieldName[] } {
  const { title, agent, ...settings } = form
  const result = UpdateConversation.safeParse({
    ...filled({ title: title.trim(), agent }),
    settings: filled({
      instructions: settings.instructions.trim(),
      temperature: toNumber(settings.temperature),
      topP: toNumber(settings.topP),
      maxOutputTokens: toNumber(settings.maxOutputTokens),
      reasoningEffort: settings.reasoningEffort,
      budgetNanoUsd: parseUsd(settings.budgetNanoUsd) ?? '',
      budgetTokens: parseTokens(settings.budgetTokens) ?? '',
      summarizeAbovePercent: toNumber(settings.summarizeAbovePercent),
    }),
  })
  if (result.success) {
    const { settings = {}, ...change } = result.data
    return { ok: true, change: { ...change, settings } }
  }
  const wrong = new Set(result.error.issues.map(({ path }) => path.at(-1)))
  return { ok: false, wrong: FIELDS.filter((name) => wrong.has(name)) }
}

function filled(fields: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** Accepts a decimal comma. Text that is not a number becomes NaN, which the schema rejects. */
function toNumber(text: string): string | number {
  return text.trim() === '' ? '' : Number(text.trim().replace(',', '.'))
}
