/** What the examples ask, in the language that the demo understands. */
export const QUESTIONS = {
  start: 'What is Tally, and what can you do?',
  refund: 'Refund order 1042',
  tools: 'What time is it, and what is 17.5 % of 1,240?',
  write: 'Write about budgets and receipts',
  weather: 'What is the weather in Oslo?',
  markdown: 'Show me what Markdown can look like',
}
