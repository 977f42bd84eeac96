// Folders of conversations, with what applies to the conversations in them.
import * as z from 'zod/mini'
import { MAX_FOLDER_NAME_CHARS, MAX_INSTRUCTIONS_CHARS } from './limits.ts'
import { NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

const Tokens = z.int().check(z.nonnegative())
const FolderName = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_FOLDER_NAME_CHARS))
const Instructions = z.string().check(z.trim(), z.maxLength(MAX_INSTRUCTIONS_CHARS))
const Name = z.string().check(z.minLength(1), z.maxLength(200))

export const Folder = z.object({
  id: z.string(),
  name: z.string(),
  /** Counts from 0. */
  position: z.int(),
  /** Sent for its conversations that have no instructions of their own. */
  instructions: z.nullable(z.string()),
  /** What a new conversation in it begins with. Null: as everywhere. */
  agent: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  /** What its conversations may spend together. Null sets no limit. */
  budgetNanoUsd: z.nullable(NanoUsd),
  budgetTokens: z.nullable(Tokens),
  /** What they have spent, also deleted ones. Null without a budget. */
  spent: z.nullable(Totals),
  /** Whether one of them is unread. */
  unread: z.boolean(),
})
export type Folder = z.infer<typeof Folder>

export const FolderList = z.object({ items: z.array(Folder), nextCursor: z.null() })
export type FolderList = z.infer<typeof FolderList>

const Settings = {
  instructions: z.optional(z.nullable(Instructions)),
  agent: z.optional(z.nullable(Name)),
  provider: z.optional(z.nullable(Name)),
  model: z.optional(z.nullable(Name)),
  budgetNanoUsd: z.optional(z.nullable(NanoUsd)),
  budgetTokens: z.optional(z.nullable(Tokens)),
}

export const CreateFolder = z.object({ ...Settings, name: FolderName })
export type CreateFolder = z.infer<typeof CreateFolder>

export const UpdateFolder = z.object({
  ...Settings,
  name: z.optional(FolderName),
  /** The other folders make room for it. */
  position: z.optional(z.int().check(z.nonnegative())),
})
export type UpdateFolder = z.infer<typeof UpdateFolder>
