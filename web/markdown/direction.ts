// The direction of a block, told by its first letter. The browser's own `dir="auto"` would look
// through all of a long answer again at each new word.
import type { Block, Item } from './blocks.ts'

type Direction = 'ltr' | 'rtl'

/** As far as a text and its blocks are searched for a letter. */
const MAX_LENGTH = 200
const MAX_BLOCKS = 20

const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u

export function directionOf(blocks: readonly (Block | Item)[]): Direction {
  const texts = blocks.slice(0, MAX_BLOCKS).map((block) => textOf(block).slice(0, MAX_LENGTH))
  return directionOfText(texts.join(' '))
}

export function directionOfText(text: string): Direction {
  const [letter = ''] = /\p{L}/u.exec(text) ?? []
  return rightToLeft.test(letter) ? 'rtl' : 'ltr'
}

function textOf(block: Block | Item | undefined): string {
  if (block === undefined) return ''
  if ('children' in block) return textOf(block.children[0])
  if (block.kind === 'table') return block.header.join(' ')
  return block.kind === 'paragraph' || block.kind === 'heading' ? block.text : ''
}
