import type { ImportSource, LeftOutReason } from '#shared/imports.ts'

export const SOURCE_LABELS: Record<ImportSource, string> = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  openwebui: 'Open WebUI',
  librechat: 'LibreChat',
  tally: 'Tally',
}

/** What is left out, and why. */
export const LEFT_OUT_LABELS: Record<LeftOutReason, string> = {
  files: 'files and images that are not in this export: their names are kept',
  audio: 'recordings: Tally plays none',
  instructions: 'custom instructions: set yours under a conversation’s settings',
  unknown_parts: 'parts of an unknown type: their source is kept',
  no_messages: 'conversations without a message',
  circles: 'messages that answer themselves: the export is damaged there',
  unreadable: 'entries that are no conversation',
  too_large: 'conversations of more than 64 MB',
  too_deep: 'conversations that are nested too deeply',
  cut_off: 'conversation that is cut off: the file ends too early',
  running: 'answers that were still being written',
  taken_ids: 'entries whose ids belong to something else here',
  wrong_amounts: 'ledger rows that do not add up',
  hidden_text: 'texts for the model that their messages do not show',
  refused_prompts: 'prompts: they have no text, or there are too many',
  missing_files: 'attached files: they are not in this export',
  damaged_files: 'attached files: they are damaged or not accepted',
}

export function formatCount(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`
}

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' })

export function formatDays(from: string | null, to: string | null): string {
  if (from === null || to === null) return '—'
  return `${day.format(new Date(from))} – ${day.format(new Date(to))}`
}
