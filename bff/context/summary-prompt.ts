/** The instructions to a model that summarizes the older part of a conversation. */

export const SUMMARY_PROMPT =
  'You summarize the older part of a conversation between a user and an assistant, so that the assistant can go on without it. Write in the language of the user. Keep what later answers may need: who the user is and wants, decisions and their reasons, names, numbers, code, files and addresses exactly as written, results of tools, and what is still open. Leave out greetings and what was only a step on the way. If there is a summary so far, write one new summary of both. Write plain sentences or short lists, at most about 500 words, and nothing else.'

/** `summary` is the one of the parts before it, if there are any. */
export function summaryRequest(summary: string, conversation: string): string {
  const before = summary === '' ? '' : `Summary so far:\n${summary}\n\n`
  return `${before}Conversation to summarize:\n\n${conversation}`
}

/** The lines of a conversation. */
export const SUMMARY_LINES = {
  user: (text: string) => `User: ${text}`,
  assistant: (text: string) => `Assistant: ${text}`,
  toolCall: (tool: string, args: string) => `Assistant called ${tool}: ${args}`,
  toolResult: (tool: string, result: string) => `Result of ${tool}: ${result}`,
}
