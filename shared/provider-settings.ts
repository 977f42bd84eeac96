// Providers that the user adds in Tally, and the default model. Keys can be written, never read.
import * as z from 'zod/mini'
import { ApiKind } from './api.ts'
import { SummarizeAbovePercent } from './conversation.ts'
import { MAX_INSTRUCTIONS_CHARS } from './limits.ts'
import { LANGUAGES, t } from './translate.ts'

const MAX_RETRIES = 10
export const DEFAULT_RETRIES = 2
const MAX_NAMES = 2000
const MAX_KEY_CHARS = 4000

const Name = z.string().check(z.minLength(1), z.maxLength(200))
const Names = z.array(Name).check(z.maxLength(MAX_NAMES))

/** Fields shared with the file of TALLY_PROVIDERS. */
export const providerFields = {
  api: z.optional(ApiKind),
  models: z._default(Names, []),
  modelPatterns: z._default(Names, []),
  maxRetries: z._default(z.int().check(z.minimum(0), z.maximum(MAX_RETRIES)), DEFAULT_RETRIES),
}

/** Part of URLs and ledger rows, so it is short and plain. */
const ProviderName = z.string().check(
  z.trim(),
  z.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,59}$/u, {
    error: () =>
      t`must be up to 60 letters, digits, spaces, dots, colons, dashes or underscores, and begin with a letter or digit`,
  }),
)

const BaseUrl = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000))

/** The characters allowed in a header value. */
export const KEY_CHARS = /^[\x21-\x7e]+$/

const Key = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, { error: () => t`must not be empty` }),
    z.maxLength(MAX_KEY_CHARS, { error: () => t`must have at most ${MAX_KEY_CHARS} characters` }),
    z.regex(KEY_CHARS, { error: () => t`holds a space or a character that no key has` }),
  )

export const AddProvider = z.strictObject({
  ...providerFields,
  name: ProviderName,
  baseUrl: BaseUrl,
  defaultModel: z.optional(z.nullable(Name)),
  key: z.optional(Key),
})
export type AddProvider = z.infer<typeof AddProvider>
/** The input type, in which defaults may be omitted. */
export type AddProviderInput = z.input<typeof AddProvider>

/** An omitted field stays. A base URL of another origin drops the key, unless a new one is given. */
export const UpdateProvider = z.strictObject({
  baseUrl: z.optional(BaseUrl),
  api: z.optional(ApiKind),
  defaultModel: z.optional(z.nullable(Name)),
  models: z.optional(Names),
  modelPatterns: z.optional(Names),
  maxRetries: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_RETRIES))),
  key: z.optional(Key),
})
export type UpdateProvider = z.infer<typeof UpdateProvider>

export const SetKey = z.strictObject({
  key: Key,
  /** The base URL that the user saw. A key for another origin is refused. */
  baseUrl: z.optional(BaseUrl),
})
export type SetKey = z.infer<typeof SetKey>

/** More than any model supports. */
const MAX_WINDOW_TOKENS = 100_000_000

export const SetContextWindow = z.strictObject({
  model: Name,
  /** In tokens. Null restores the value that the server reports. */
  contextWindow: z.nullable(z.int().check(z.minimum(1), z.maximum(MAX_WINDOW_TOKENS))),
})
export type SetContextWindow = z.infer<typeof SetContextWindow>

const DefaultModel = z.object({ provider: Name, model: Name })
export type DefaultModel = z.infer<typeof DefaultModel>

export const MAX_FAVORITE_MODELS = 50

/** A default from the environment, which cannot be changed in Tally. */
export interface GivenDefault extends DefaultModel {
  /** The name of the environment variable. */
  setBy: string
}

/** `auto` is the language that the browser asks for. */
export const LanguageSetting = z.enum(['auto', ...LANGUAGES])
export type LanguageSetting = z.infer<typeof LanguageSetting>

export const AppSettings = z.object({
  /** The default model of new conversations. Null if none is set and Tally chooses. */
  defaultModel: z.nullable(DefaultModel),
  /** The environment variable that sets it. Null if it can be changed in Tally. */
  defaultModelSetBy: z.nullable(z.string()),
  /** For conversations that say nothing about it themselves. Null: none is summarized on its own. */
  summarizeAbovePercent: z.nullable(SummarizeAbovePercent),
  /** For conversations without instructions of their own or of their folder. */
  instructions: z.nullable(z.string()),
  /** Listed first wherever models are. The newest is last. */
  favoriteModels: z.array(DefaultModel),
  /** Of the page and of what the server says. */
  language: LanguageSetting,
  /** True if stored keys are encrypted, which needs a secret. */
  keysEncrypted: z.boolean(),
})
export type AppSettings = z.infer<typeof AppSettings>

/** An omitted field stays. */
export const UpdateSettings = z.strictObject({
  defaultModel: z.optional(z.nullable(DefaultModel)),
  summarizeAbovePercent: z.optional(z.nullable(SummarizeAbovePercent)),
  instructions: z.optional(z.nullable(z.string().check(z.maxLength(MAX_INSTRUCTIONS_CHARS)))),
  language: z.optional(LanguageSetting),
})
export type UpdateSettings = z.infer<typeof UpdateSettings>

export const SetFavoriteModel = z.strictObject({
  provider: Name,
  model: Name,
  favorite: z.boolean(),
})
export type SetFavoriteModel = z.infer<typeof SetFavoriteModel>
