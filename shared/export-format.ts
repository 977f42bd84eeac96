import * as z from 'zod/mini'

/** The selected branch as Markdown or as a page, everything as JSON lines, or the shape of ChatGPT's export. */
export const ExportFormat = z.enum(['markdown', 'jsonl', 'chatgpt', 'html'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** How much an export of everything holds. */
export const ExportEstimate = z.object({
  conversations: z.int(),
  /** The size of the database. The zip is smaller. */
  storedBytes: z.int(),
})
export type ExportEstimate = z.infer<typeof ExportEstimate>
