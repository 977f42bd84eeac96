// The sentences of the demo. Honest about what it is.
import type { ToolRequest } from './turn.ts'

const CAN_DO = `- **"What is Tally?"** or anything about providers, costs, keys, the keyboard or settings: I look it up in the documentation.
- **"What time is it, and what is 17.5 % of 1,240?"** I call two tools side by side.
- **"Chart apples 3, pears 5, plums 8"**: I draw it, and give you the numbers as a file.
- **"Show me Markdown"**, or only a table, code, formulas or a list.
- **"What did I say about boats?"** I search your earlier chats.
- **"Ask me something"**: I wait for your answer.
- With the agent **triage**: **"Refund order 1042"**. With **writer**: **"Write about budgets and receipts"**. With **weather**: **"Oslo"**.`

const SMALL_TALK: [RegExp, string][] = [
  [
    /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|greetings|howdy|moin|servus)\b[\s\w]{0,20}[!.?]*$/i,
    `Hello! I am the **demo** of Tally: a small program, not a language model. I need no key and no network, and everything around me is real: the streaming, the tool cards, the receipt under this answer.

Try one of these:

${CAN_DO}

To talk to a real model, ask me **"How do I connect Ollama?"** or **"How do I connect OpenAI?"**.`,
  ],
  [
    /^(thanks?|thank you|thx|danke|merci|great|cool|nice|perfect|ok(ay)?|wow)\b[\s\w,]{0,30}[!.]*$/i,
    'You are welcome. Click the amount under an answer to see what it cost, call by call.',
  ],
  [
    /^(bye|goodbye|see you|good night|ciao|tschüss)\b[\s\w]{0,20}[!.]*$/i,
    'Goodbye! This conversation stays in the list on the left.',
  ],
  [
    /^(help|\?+|what can (you|i) (do|ask)\b.*|how does this work|what should i (ask|try)\b.*|(can|could) you help( me)?|tell me about yourself|who (are|made) you|what are you|are you (a|an) .*|which model are you)\W*$/i,
    `I am the **demo**, a small program inside Tally and not a language model. I follow rules, call real tools, and answer from Tally's documentation.

${CAN_DO}

For real answers connect a model: ask **"How do I connect Ollama?"**, or OpenAI, OpenRouter, vLLM, LM Studio, llama.cpp or LiteLLM.`,
  ],
]

/** For a question that asks for more than this, too. */
export function alsoAsksWhatItCan(question: string): boolean {
  return /\bwhat can (you|i) (do|ask)\b/i.test(question)
}

export const WHAT_IT_CAN = `### What I can do

I am the **demo**, a small program inside Tally and not a language model.

${CAN_DO}`

/** Returns null if this is a question. */
export function smallTalk(question: string): string | null {
  return SMALL_TALK.find(([pattern]) => pattern.test(question))?.[1] ?? null
}

/** Two lines: what it is, and what to do. */
export function honest(question: string): string {
  return `I am the **demo**, a small program and not a language model, so I have no answer to ${quoted(question)}.

Connect a model under **Settings → Providers** and ask again, or ask me **"What can you do?"**.`
}

const OTHER_AGENTS: [RegExp, string][] = [
  [
    /\brefund\b.*\border|\b(want|need|get) a refund\b|\border \d{4}\b|\bpromo code\b/i,
    'the support desk of the sample shop, **triage**,',
  ],
  [
    /^(please )?(write|draft)\b.*\babout\b.*\b(tally|budgets?|receipts?|costs?|providers?)\b/i,
    'the **writer**',
  ],
  [/\bweather\b/i, 'the agent **weather**'],
]

/** Null if no other agent of Tally does this. */
export function otherAgent(question: string): string | null {
  const who = OTHER_AGENTS.find(([pattern]) => pattern.test(question))?.[1]
  if (who === undefined) return null
  return `That is for ${who} and not for me. Choose it under **Agent** beside the message box, and ask again.`
}

export const WANTS_QUESTION = /^(please )?ask me (something|anything|a question)\b/i
export const WHY_QUESTION = 'I am asked to ask. I wait until there is an answer.'
export const QUESTION_BACK = {
  question: 'Which kind of tea should there be?',
  options: ['Green', 'Black', 'Peppermint'],
}

export function answeredBack(answer: string): string {
  return `You answered: **${answer.replaceAll(/[*\n]+/g, ' ').trim()}**. I stood still until then, and a restart of Tally would not have changed that.`
}

function quoted(question: string): string {
  const line = question.replace(/[\s*_`#<>[\]|]+/g, ' ').trim()
  return line.length > 60 || line === '' ? 'this' : `“${line}”`
}

export const WHY_MORE = 'More was asked for meanwhile, so I look that up, too.'
export const WHY_FILES = 'There are files. I tell what I can see of them, without a model.'
export const WHY_SHOWCASE = 'I am asked for Markdown. I need no tool for that.'
export const WHY_HONEST =
  'None of my rules fits this question and the documentation says nothing about it. I should say so, and say what I can do.'

const WHY: Record<string, string> = {
  current_time: 'the time, which I cannot know without looking at the clock',
  calculate: 'a result, which should be computed and not guessed',
  make_chart: 'a chart, which a tool draws',
  search_conversations: 'something from an earlier chat, so I search there',
  search_documentation: 'something about Tally, so I look it up',
}

export function whyTools(calls: ToolRequest[]): string {
  const wishes = [...new Set(calls.map(({ name }) => WHY[name] ?? name))]
  const together = calls.length > 1 ? ' These do not depend on each other, so I ask at once.' : ''
  return `The question asks for ${wishes.join(', and for ')}.${together}`
}

const MAX_TITLE_CHARS = 56

/** The first words of the question inside the request for a title. */
export function titleFor(request: string): string {
  const question = /^The person wrote:\n(.*)/.exec(request)?.[1] ?? request
  const line = question
    .replace(/^[\s#>*-]+|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const short =
    line.length <= MAX_TITLE_CHARS ? line : line.slice(0, line.lastIndexOf(' ', MAX_TITLE_CHARS))
  const title = short.slice(0, MAX_TITLE_CHARS).replace(/[?!.:;,]+$/, '')
  return title.charAt(0).toUpperCase() + title.slice(1)
}
