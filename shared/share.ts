// A conversation as a page to give to others.
import * as z from 'zod/mini'

/** What the page contains besides the messages. */
export interface ShareOptions {
  tools: boolean
  receipt: boolean
  reasoning: boolean
  /** Images are in the page; of other files it has the names only. */
  files: boolean
}

export const DEFAULT_SHARE_OPTIONS: ShareOptions = {
  tools: true,
  receipt: false,
  reasoning: false,
  files: false,
}

/** What the selected branch holds, to choose from. */
export const ShareContents = z.object({
  messages: z.int(),
  toolCalls: z.int(),
  /** Passages of reasoning. */
  reasoning: z.int(),
  images: z.int(),
  imageBytes: z.int(),
  otherFiles: z.int(),
  /** Answers that a guardrail has withheld. They are never in the page. */
  withheld: z.int(),
  models: z.array(z.string()),
})
export type ShareContents = z.infer<typeof ShareContents>
