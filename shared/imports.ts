// Imports of conversations from other products and from Tally itself.
import * as z from 'zod/mini'
import { Totals } from './totals.ts'

export const ImportSource = z.enum(['chatgpt', 'claude', 'openwebui', 'librechat', 'tally'])
export type ImportSource = z.infer<typeof ImportSource>

/** Why something is not imported. */
export const LeftOutReason = z.enum([
  'files', // attached files and images that the export does not have
  'audio',
  'instructions', // the custom instructions of the other product
  'unknown_parts', // their JSON is kept
  'no_messages', // conversations without any
  'circles', // messages that are their own ancestors
  'unreadable', // not JSON, or not a conversation
  'too_large', // a conversation above the limit
  'too_deep', // nested too deeply
  'cut_off', // the file ends too early
  'running', // answers that were still being written
  'taken_ids', // ids that belong to another conversation here
  'wrong_amounts', // ledger rows that do not add up
  'hidden_text', // messages that told the model more than they show
  'refused_prompts', // prompts without a text, or too many
  'missing_files', // files of an export of Tally that are not in it
  'damaged_files', // files that are not what the export says, or not accepted
])
export type LeftOutReason = z.infer<typeof LeftOutReason>

export const LeftOut = z.object({ reason: LeftOutReason, count: z.int() })
export type LeftOut = z.infer<typeof LeftOut>

export const ImportPreview = z.object({
  conversations: z.int(),
  messages: z.int(),
  /** Conversations that are here already. Only what they lack is added. */
  duplicates: z.int(),
  /** Ledger rows, which only an export of Tally has. */
  calls: z.int(),
  /** What the ledger rows say. Null without any: no other product exports what it has cost. */
  totals: z._default(z.nullable(Totals), null),
  /** Attached files and images. */
  files: z._default(z.int(), 0),
  /** Prompts of an export of Tally. */
  prompts: z._default(z.int(), 0),
  /** When the oldest conversation was begun and the newest was changed. Null if there is none. */
  from: z.nullable(z.iso.datetime()),
  to: z.nullable(z.iso.datetime()),
  leftOut: z.array(LeftOut),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportReport = z.object({
  /** New conversations. */
  conversations: z.int(),
  /** Conversations that were here and got new messages. */
  extended: z.int(),
  /** Conversations that were here with all their messages. */
  unchanged: z.int(),
  messages: z.int(),
  calls: z.int(),
  /** New attached files. */
  files: z._default(z.int(), 0),
  /** New prompts. */
  prompts: z._default(z.int(), 0),
  leftOut: z.array(LeftOut),
  /** The first of the new and extended conversations. */
  items: z.array(z.object({ id: z.string(), title: z.string() })),
})
export type ImportReport = z.infer<typeof ImportReport>

export const ImportJob = z.object({
  id: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  /** `ready`: the preview waits for the start. */
  state: z.enum(['reading', 'ready', 'importing', 'done', 'failed']),
  /** Null until it is known. */
  source: z.nullable(ImportSource),
  preview: z.nullable(ImportPreview),
  /** Conversations imported so far. */
  progress: z.int(),
  /** What it has done so far, and at the end in all. */
  report: z.nullable(ImportReport),
  /** Why it failed, and what to do. */
  problem: z.nullable(z.string()),
  createdAt: z.iso.datetime(),
})
export type ImportJob = z.infer<typeof ImportJob>

export const ImportList = z.object({ items: z.array(ImportJob), nextCursor: z.null() })
export type ImportList = z.infer<typeof ImportList>

export const ImportStarted = z.object({ id: z.string() })
