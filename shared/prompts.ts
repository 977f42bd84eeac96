// Prompts: texts that are kept to be inserted again. `{{name}}` and `{{name=default}}` in a text are
// variables, which are filled in when it is inserted.
import * as z from 'zod/mini'
import { MAX_PROMPT_NAME_CHARS, MAX_PROMPT_TEXT_CHARS } from './limits.ts'
import { t } from './translate.ts'

/** Entries of one import request. */
export const MAX_IMPORT_ENTRIES = 1000

const Time = z.iso.datetime()
const PromptName = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_PROMPT_NAME_CHARS))
const PromptText = z
  .string()
  .check(z.regex(/\S/, { error: () => t`must not be empty` }), z.maxLength(MAX_PROMPT_TEXT_CHARS))

export const Prompt = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  createdAt: Time,
  updatedAt: Time,
})
export type Prompt = z.infer<typeof Prompt>

export const PromptList = z.object({ items: z.array(Prompt), nextCursor: z.null() })
export type PromptList = z.infer<typeof PromptList>

export const CreatePrompt = z.object({ name: PromptName, text: PromptText })
export type CreatePrompt = z.infer<typeof CreatePrompt>

export const UpdatePrompt = z.partial(CreatePrompt)
export type UpdatePrompt = z.infer<typeof UpdatePrompt>

/** What an export of prompts holds. */
export const PromptFile = z.object({
  format: z.literal('tally-prompts'),
  version: z.literal(1),
  prompts: z.array(z.object({ name: z.string(), text: z.string() })),
})
export type PromptFile = z.infer<typeof PromptFile>

const Entries = z.array(z.unknown()).check(z.maxLength(MAX_IMPORT_ENTRIES))

/** A list of entries of any form, by itself or as `prompts`, as exports of prompts have it. */
export const ImportPrompts = z.union([Entries, z.object({ prompts: Entries })])
export type ImportPrompts = z.infer<typeof ImportPrompts>

export const PromptImportReport = z.object({
  added: z.int(),
  /** Those that are there already, with the same text. */
  skipped: z.int(),
  /** Those whose name was taken by another text, or too long. They count as added. */
  renamed: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Those that were left out. */
  refused: z.array(z.object({ name: z.string(), reason: z.string() })),
})
export type PromptImportReport = z.infer<typeof PromptImportReport>
