// What the demo can truly say about attached files: the size of a text and its first lines.
import type { TurnFile } from './turn.ts'

const MAX_LINES = 5
const MAX_LINE_CHARS = 120

export function aboutFiles(files: TurnFile[]): string {
  return files.map(aboutFile).join('\n\n')
}

function aboutFile(file: TurnFile): string {
  const name = `**${file.name.replaceAll(/[*_`[\]<>]/g, ' ')}**`
  if ('isImage' in file) return `${name}: the demo cannot see images. Connect a model that can.`
  const lines = file.text.split('\n')
  const words = file.text.split(/\s+/).filter(Boolean).length
  const size = `${count(lines.length, 'line')}, ${count(words, 'word')}, ${count(file.text.length, 'character')}`
  const first = lines.slice(0, MAX_LINES).map((line) => `    ${line.slice(0, MAX_LINE_CHARS)}`)
  return `${name} arrived: ${size}. It begins:\n\n${first.join('\n')}`
}

function count(number: number, word: string): string {
  return `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`
}
