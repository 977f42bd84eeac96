// Texts of one kind of element only, of any length: each is the worst case for one way of drawing.
import { answer, cut, random } from './answer.mjs'

const kinds = {
  'one list': (line, index) => `- ${line}${index % 7 === 0 ? ' **bold**' : ''}\n`,
  'one list with blank lines': (line) => `1. ${line}\n\n`,
  'one list in a list': (line, index) => `${index === 0 ? '- top\n' : ''}  - ${line}\n`,
  'one table': (line, index) =>
    `${index === 0 ? '| a | b |\n|---|---|\n' : ''}| ${line} | ${index} |\n`,
  'one paragraph': (line) => `${line}, `,
  'one paragraph of many lines': (line) => `${line}\n`,
  'one quote': (line, index) => `> ${line}\n${index % 5 === 0 ? '>\n' : ''}`,
  'one code block': (line, index) =>
    `${index === 0 ? '```ts\n' : ''}const a${index} = f('${line}') // ${index}\n`,
  'open marks': (line) => `**${line} [${line} \`a\n`,
}

export const shapes = ['an answer', ...Object.keys(kinds)]

export function shape(name, tokens) {
  if (name === 'an answer') return answer(3, tokens)
  const next = random(5)
  const words = answer(11, 4_000)
    .join('')
    .replaceAll(/[^a-z ]+/g, ' ')
    .split(/ +/)
  const parts = []
  for (let index = 0, length = 0; length < tokens * 5; index += 1) {
    const at = Math.floor(next() * (words.length - 12))
    parts.push(kinds[name](words.slice(at, at + 10).join(' '), index))
    length += parts[index].length
  }
  return cut(parts.join(''), next).slice(0, tokens)
}
