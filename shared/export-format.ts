import * as z from 'zod/mini'

/** Readable Markdown of the selected branch, everything as JSON lines, or the shape of ChatGPT's export. */
export const ExportFormat = z.enum(['markdown', 'jsonl', 'chatgpt'])
export type ExportFormat = z.infer<typeof ExportFormat>
