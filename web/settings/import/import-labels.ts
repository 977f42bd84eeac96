import type { ImportSource, LeftOutReason } from '#shared/imports.ts'
import { language, plural, t } from '#shared/translate.ts'

export const SOURCE_LABELS: Record<ImportSource, string> = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  openwebui: t`Open WebUI`,
  librechat: 'LibreChat',
  tally: 'Tally',
}

/** What is left out, and why. */
export const LEFT_OUT_LABELS: Record<LeftOutReason, (count: number) => string> = {
  files: (count) =>
    plural(count, {
      one: t`1 file or image that is not in this export: its name is kept`,
      other: t`${format(count)} files and images that are not in this export: their names are kept`,
    }),
  audio: (count) =>
    plural(count, {
      one: t`1 recording: Tally plays none`,
      other: t`${format(count)} recordings: Tally plays none`,
    }),
  instructions: (count) =>
    plural(count, {
      one: t`1 custom instruction: set yours under a conversation’s settings`,
      other: t`${format(count)} custom instructions: set yours under a conversation’s settings`,
    }),
  unknown_parts: (count) =>
    plural(count, {
      one: t`1 part of an unknown type: its source is kept`,
      other: t`${format(count)} parts of an unknown type: their source is kept`,
    }),
  no_messages: (count) =>
    plural(count, {
      one: t`1 conversation without a message`,
      other: t`${format(count)} conversations without a message`,
    }),
  circles: (count) =>
    plural(count, {
      one: t`1 message that answers itself: the export is damaged there`,
      other: t`${format(count)} messages that answer themselves: the export is damaged there`,
    }),
  unreadable: (count) =>
    plural(count, {
      one: t`1 entry that is no conversation`,
      other: t`${format(count)} entries that are no conversation`,
    }),
  too_large: (count) =>
    plural(count, {
      one: t`1 conversation of more than 64 MB`,
      other: t`${format(count)} conversations of more than 64 MB`,
    }),
  too_deep: (count) =>
    plural(count, {
      one: t`1 conversation that is nested too deeply`,
      other: t`${format(count)} conversations that are nested too deeply`,
    }),
  cut_off: () => t`1 conversation that is cut off: the file ends too early`,
  running: (count) =>
    plural(count, {
      one: t`1 answer that was still being written`,
      other: t`${format(count)} answers that were still being written`,
    }),
  taken_ids: (count) =>
    plural(count, {
      one: t`1 entry whose id belongs to something else here`,
      other: t`${format(count)} entries whose ids belong to something else here`,
    }),
  wrong_amounts: (count) =>
    plural(count, {
      one: t`1 ledger row that does not add up`,
      other: t`${format(count)} ledger rows that do not add up`,
    }),
  hidden_text: (count) =>
    plural(count, {
      one: t`1 text for the model that its message does not show`,
      other: t`${format(count)} texts for the model that their messages do not show`,
    }),
  refused_prompts: (count) =>
    plural(count, {
      one: t`1 prompt: it has no text, or there are too many`,
      other: t`${format(count)} prompts: they have no text, or there are too many`,
    }),
  missing_files: (count) =>
    plural(count, {
      one: t`1 attached file: it is not in this export`,
      other: t`${format(count)} attached files: they are not in this export`,
    }),
  damaged_files: (count) =>
    plural(count, {
      one: t`1 attached file: it is damaged or not accepted`,
      other: t`${format(count)} attached files: they are damaged or not accepted`,
    }),
}

export function countConversations(count: number): string {
  return plural(count, { one: t`1 conversation`, other: t`${format(count)} conversations` })
}

export function countNewConversations(count: number): string {
  return plural(count, { one: t`1 new conversation`, other: t`${format(count)} new conversations` })
}

export function countMessages(count: number): string {
  return plural(count, { one: t`1 message`, other: t`${format(count)} messages` })
}

export function countLedgerRows(count: number): string {
  return plural(count, { one: t`1 ledger row`, other: t`${format(count)} ledger rows` })
}

export function countFiles(count: number): string {
  return plural(count, { one: t`1 file`, other: t`${format(count)} files` })
}

export function countPrompts(count: number): string {
  return plural(count, { one: t`1 prompt`, other: t`${format(count)} prompts` })
}

function format(count: number): string {
  return count.toLocaleString(language())
}

const day = new Intl.DateTimeFormat(language(), { dateStyle: 'medium' })

export function formatDays(from: string | null, to: string | null): string {
  if (from === null || to === null) return '—'
  return `${day.format(new Date(from))} – ${day.format(new Date(to))}`
}
