// From what the tools found to a text. Their outputs are read as what they are: JSON for lists and
// the time, a number for a calculation, a sentence when something went wrong.
import * as z from 'zod/mini'
import { alsoAsksWhatItCan, WHAT_IT_CAN } from './phrases.ts'
import { parseJson, type ToolOutput, type Turn } from './turn.ts'

const Time = z.object({
  timeZone: z.string(),
  weekday: z.string(),
  date: z.iso.date(),
  time: z.string(),
})
const Sections = z.array(z.object({ page: z.string(), heading: z.string(), text: z.string() }))
const Hits = z.array(
  z.object({
    said: z.string(),
    by: z.string(),
    at: z.string(),
    conversation: z.string(),
    link: z.string(),
  }),
)

export function answerFrom(turn: Turn): string {
  const paragraphs = turn.outputs.map(paragraph)
  if (alsoAsksWhatItCan(turn.question)) paragraphs.push(WHAT_IT_CAN)
  return paragraphs.join('\n\n')
}

function paragraph({ name, output, arguments: args }: ToolOutput): string {
  if (name === 'calculate') return result(String(args['expression']), output)
  if (name === 'make_chart') return output.startsWith('Drawn.') ? CHART : sorry(output)
  if (output.startsWith('Nothing was found')) return NOTHING
  const found = parseJson(output)
  if (name === 'current_time') return time(Time.safeParse(found)) ?? sorry(output)
  if (name === 'search_documentation')
    return documentation(Sections.safeParse(found)) ?? sorry(output)
  return hits(Hits.safeParse(found)) ?? sorry(output)
}

const CHART =
  'Here is your chart, with its numbers as a CSV file. A model that takes images would have seen the picture, too.'
const NOTHING = 'I found nothing about that. Other or fewer words may help.'

function sorry(output: string): string {
  return `That did not work out. The tool said: ${output}`
}

type Parsed<T> = { success: true; data: T } | { success: false }

function time(parsed: Parsed<z.infer<typeof Time>>): string | null {
  if (!parsed.success) return null
  const { timeZone, weekday, date, time: clock } = parsed.data
  const month = new Date(date).toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })
  const day = `${Number(date.slice(8))} ${month} ${date.slice(0, 4)}`
  return `It is **${clock.slice(0, 5)}** on **${weekday}, ${day}** (${timeZone}).`
}

function result(expression: string, output: string): string {
  const value = Number(output)
  if (Number.isNaN(value)) return sorry(output)
  const text = Number.isInteger(value) ? value.toLocaleString('en-US') : output
  return `\`${expression}\` = **${text}**`
}

function documentation(parsed: Parsed<z.infer<typeof Sections>>): string | null {
  const [first, ...others] = parsed.success ? parsed.data : []
  if (first === undefined) return null
  const related = others.map(({ heading }) => `*${heading}*`)
  const more = related.length === 0 ? '' : `\n\nSee also: ${related.join(', ')}. Just ask.`
  return `### ${first.heading}\n\n${first.text}${more}`
}

const MAX_HITS = 5

function hits(parsed: Parsed<z.infer<typeof Hits>>): string | null {
  if (!parsed.success) return null
  const lines = parsed.data.slice(0, MAX_HITS).map(({ said, by, at, conversation, link }) => {
    const who = by === 'user' ? 'You' : 'The assistant'
    return `- ${who}, ${at.slice(0, 10)}, in [${conversation}](${link}): ${said.replace(/\s+/g, ' ')}`
  })
  return `This is what I found in your earlier chats:\n\n${lines.join('\n')}`
}
