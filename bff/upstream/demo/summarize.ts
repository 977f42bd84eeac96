// The demo's summary of a conversation: what was asked, in the words of the user. It understands nothing
// of it, and says so.
const REQUEST = /(?:^|\n)Conversation to summarize:\n/
const QUESTION = /^User: (.*)/gm
const MAX_QUESTIONS = 40
const MAX_CHARS = 160

export function isSummaryRequest(text: string): boolean {
  return REQUEST.test(text.slice(0, 100_000))
}

export function summaryOf(text: string): string {
  const asked = [...text.matchAll(QUESTION)].map(([, line = '']) => `- ${cut(line.trim())}`)
  const left = asked.length - MAX_QUESTIONS
  const more = left > 0 ? [`- and ${left} more`] : []
  return ['The user asked:', ...asked.slice(0, MAX_QUESTIONS), ...more].join('\n')
}

function cut(line: string): string {
  return line.length <= MAX_CHARS ? line : `${line.slice(0, MAX_CHARS)}…`
}
