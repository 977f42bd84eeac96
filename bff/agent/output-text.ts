import { listAt, textAt } from './record.ts'

/** The text of all messages in an output. */
export function outputText(output: readonly unknown[]): string {
  return output
    .flatMap((item) => (textAt(item, 'type') === 'message' ? listAt(item, 'content') : []))
    .map((part) => (textAt(part, 'type') === 'output_text' ? textAt(part, 'text') : ''))
    .join('')
}
