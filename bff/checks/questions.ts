// What the probes ask. Only a model reads it.
export const ANSWER_QUESTION =
  'Which is larger, 9.11 or 9.9? Say it in one sentence. Then write the numbers from 1 to 40, separated by commas.'
export const COUNTED_TEXT = 'How many tokens are these words?'
export const JSON_QUESTION =
  'Give a conversation about boats in a harbour a title of at most six words. Answer with JSON: {"title": "…"}'
export const LONG_QUESTION = 'Write the numbers from one to five hundred in words.'
export const SHORT_QUESTION = 'Reply with the one word OK.'
export const TOOLS_QUESTION =
  'What is 17 * 23, and what time is it in Tokyo? Call both tools at once, before you answer.'

/** Providers cache from 1,024 tokens on. */
const LINES = 72

export const CACHED_QUESTION = [
  'Reply with the one word OK. The lines below are only there to be read.',
  ...Array.from({ length: LINES }, (_, at) => {
    return `Line ${at + 1}: a small boat lies in the harbour and waits for the morning.`
  }),
].join('\n')
