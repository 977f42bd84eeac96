// Pairs the marks of bold, italic and struck text, as CommonMark's delimiter algorithm does. In a
// text that is still arriving, a mark without its partner reaches to the end.
import type { Inline, Span } from './inline.ts'

export interface Mark {
  kind: 'mark'
  character: string
  /** How many of them are left, and how many there were. */
  count: number
  length: number
  opens: boolean
  closes: boolean
  /** Whether an unfinished text is shown as if the partner of this mark had come. */
  hopeful: boolean
}

/** An opening bracket that has not become a link. */
export interface Bracket {
  kind: 'bracket'
  image: boolean
  /** False inside of a text that has become a link: links do not nest. */
  active: boolean
  /** Not shown while its partner may still come. */
  hopeful: boolean
}

export type Piece = Inline | Mark | Bracket

const space = /\s/
const punctuation = /[\p{P}\p{S}]/u
/** Scripts that put no space between a bracket or full stop and the next word. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u

export function mark(text: string, start: number, end: number): Mark {
  const character = text.charAt(start)
  const before = start === 0 ? ' ' : text.charAt(start - 1)
  const after = end === text.length ? ' ' : text.charAt(end)
  const left = flanks(after, before)
  const right = flanks(before, after)
  const length = end - start
  // One tilde between numbers is a range: 5~10.
  const inWord = character === '_' || (character === '~' && length === 1)
  const word = !space.test(before) && !punctuation.test(before)
  return {
    kind: 'mark',
    character,
    count: length,
    length,
    opens: left && (!inWord || !right || punctuation.test(before)),
    closes: right && (!inWord || !left || punctuation.test(after)),
    hopeful: left && length <= 3 && (length > 1 || (!word && character !== '~')),
  }
}

/** Whether a run touches the text on this side. */
function flanks(near: string, far: string): boolean {
  if (space.test(near)) return false
  if (!punctuation.test(near)) return true
  return space.test(far) || punctuation.test(far) || unspaced.test(far)
}

/** Pairs all marks from `start` on. `hoping` is true for a text that is still arriving. */
export function pairMarks(pieces: Piece[], start: number, hoping: boolean): Inline[] {
  // Where the search for a partner of such a mark failed before; it would fail again below that.
  const failed = new Map<string, Piece>()
  for (let at = start; at < pieces.length;) {
    const closer = pieces[at]
    if (!isMark(closer) || !closer.closes) {
      at += 1
      continue
    }
    const key = `${closer.character}${closer.opens}${closer.length % 3}`
    const found = findOpener(pieces, at, start, closer, failed.get(key))
    if (found === null) {
      failed.set(key, closer)
      at += 1
    } else at = wrap(pieces, found, at)
  }
  if (hoping) hope(pieces, start)
  return merge(pieces.splice(start))
}

function findOpener(
  pieces: Piece[],
  end: number,
  start: number,
  closer: Mark,
  bottom: Piece | undefined,
): number | null {
  for (let at = end - 1; at >= start; at -= 1) {
    const opener = pieces[at]
    if (isMark(opener) && opener.opens && pair(opener, closer)) return at
    if (opener === bottom) return null
  }
  return null
}

function pair(opener: Mark, closer: Mark): boolean {
  if (opener.character !== closer.character) return false
  if (opener.character === '~') return opener.length === closer.length
  const either = opener.closes || closer.opens
  return !either || closer.length % 3 === 0 || (opener.length + closer.length) % 3 !== 0
}

/** Wraps what stands between two marks and answers where to go on. */
function wrap(pieces: Piece[], from: number, to: number): number {
  const opener = pieces[from]
  const closer = pieces[to]
  if (!isMark(opener) || !isMark(closer)) return to + 1
  const width = opener.count >= 2 && closer.count >= 2 ? 2 : 1
  const node = span(opener.character, width, merge(pieces.slice(from + 1, to)))
  opener.count -= width
  closer.count -= width
  const left = opener.count > 0 ? [opener, node] : [node]
  pieces.splice(from, to - from + 1, ...left, ...(closer.count > 0 ? [closer] : []))
  return from + left.length
}

function span(character: string, width: number, children: Inline[]): Span {
  if (character === '~') return { kind: 'del', children }
  return { kind: width === 2 ? 'strong' : 'em', children }
}

function hope(pieces: Piece[], start: number): void {
  for (let at = pieces.length - 1; at >= start; at -= 1) {
    const opener = pieces[at]
    if (!isMark(opener) || !opener.opens || !opener.hopeful) continue
    let children = merge(pieces.splice(at + 1))
    for (; opener.count > 0; opener.count -= Math.min(opener.count, 2)) {
      children = [span(opener.character, Math.min(opener.count, 2), children)]
    }
    pieces.splice(at, 1, ...children)
  }
}

/** Marks that found no partner are text, and neighbouring texts are one. */
function merge(pieces: readonly Piece[]): Inline[] {
  const merged: Inline[] = []
  for (const piece of pieces) {
    const node = isInline(piece) ? piece : textOfPiece(piece)
    const last = merged.at(-1)
    if (typeof node === 'string' && typeof last === 'string')
      merged[merged.length - 1] = last + node
    else if (node !== '') merged.push(node)
  }
  return merged
}

function textOfPiece(piece: Mark | Bracket): string {
  if (piece.kind === 'mark') return piece.character.repeat(piece.count)
  if (piece.hopeful) return ''
  return piece.image ? '![' : '['
}

function isMark(piece: Piece | undefined): piece is Mark {
  return typeof piece === 'object' && piece.kind === 'mark'
}

function isInline(piece: Piece): piece is Inline {
  return typeof piece === 'string' || (piece.kind !== 'mark' && piece.kind !== 'bracket')
}
