// `[label]: address "title"` at the beginning of a paragraph, over one line or several.
import type { BlockTree } from './block-tree.ts'
import type { Paragraph } from './blocks.ts'
import { readAddress, readTitle, skipSpace } from './link-target.ts'
import { type LinkTarget, normalLabel } from './links.ts'

const MAX_DEFINITIONS = 1_000

interface Definition extends LinkTarget {
  label: string
  end: number
}

const labels = /\[((?:[^[\]\\]|\\[^]){1,999})\]:/y

/** Takes the definitions out of a paragraph that is whole. */
export function takeDefinitions({ changes, root }: BlockTree, paragraph: Paragraph): void {
  const { definitions, rest } = readDefinitions(paragraph.text)
  if (paragraph.continued || definitions.length === 0) return
  const { links } = root
  for (const { label, ...link } of definitions) {
    if (links.size < MAX_DEFINITIONS) changes.define(links, normalLabel(label), link)
  }
  changes.set(paragraph, 'text', rest)
}

function readDefinitions(text: string): { definitions: Definition[]; rest: string } {
  const definitions: Definition[] = []
  let end = 0
  while (text.charAt(end) === '[') {
    const found = readDefinition(text, end, false)
    if (found === null || found === 'arriving') break
    definitions.push(found)
    end = found.end
  }
  return { definitions, rest: text.slice(end) }
}

/** The text behind the definitions, the last of which may still be arriving. */
export function withoutDefinitions(text: string): string {
  let end = 0
  while (text.charAt(end) === '[') {
    const found = readDefinition(text, end, true)
    if (found === 'arriving') return ''
    if (found === null) break
    end = found.end
  }
  return text.slice(end)
}

function readDefinition(
  text: string,
  start: number,
  arriving: boolean,
): Definition | 'arriving' | null {
  labels.lastIndex = start
  const [mark, label = ''] = labels.exec(text) ?? []
  if (mark === undefined || label.trim() === '') return null
  const from = skipSpace(text, start + mark.length)
  // The end of a whole text is the end of its last address.
  const target = readAddress(arriving ? text : `${text}\n`, from)
  if (target === null || target === 'arriving') return target
  if (target.end === from) return null
  const { address } = target
  const end = lineEnd(text, target.end)
  const space = skipSpace(text, target.end)
  const title = space > target.end ? readTitle(text, space) : null
  if (title !== null && title !== 'arriving') {
    const titled = lineEnd(text, title.end)
    if (titled !== null) return { label, address, title: title.title, end: titled }
  }
  if (arriving && (title === 'arriving' || end === text.length)) return 'arriving'
  return end === null ? null : { label, address, title: null, end }
}

const spaceToEnd = /[ \t]*(?:\n|$)/y

/** Returns where the next line begins, or null if this one continues. */
function lineEnd(text: string, start: number): number | null {
  spaceToEnd.lastIndex = start
  const found = spaceToEnd.exec(text)
  return found === null ? null : start + found[0].length
}
