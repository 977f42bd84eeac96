// The letters of a chart. Each is five columns of seven dots, the top one the lowest bit; dots beside each
// other are joined to lines, so that a letter of any size has smooth lines.

export const GLYPH_HEIGHT = 7
const GLYPH_WIDTH = 5
const GAP = 1
const FIRST = 0x20

/** From the space to the tilde. */
const COLUMNS =
  '0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649552250 0005030000 001c224100 ' +
  '0041221c00 14083e0814 08083e0808 0050300000 0808080808 0060600000 2010080402 3e4141413e 00427f4000 ' +
  '4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503 3649494936 064949291e 0036360000 ' +
  '0056360000 0814224100 1414141414 0041221408 0201510906 324979413e 7e1111117e 7f49494936 3e41414122 ' +
  '7f4141221c 7f49494941 7f09090901 3e4149497a 7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 ' +
  '7f020c027f 7f0408107f 3e4141413e 7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f ' +
  '1f2040201f 3f4038403f 6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 ' +
  '4040404040 0001020400 2054545478 7f48444438 3844444420 384444487f 3854545418 087e090102 0c5252523e ' +
  '7f08040478 00447d4000 2040443d00 7f10284400 00417f4000 7c04180478 7c08040478 3844444438 7c14141408 ' +
  '081414187c 7c08040408 4854545420 043f444020 3c4040207c 1c2040201c 3c4030403c 4428102844 0c5050503c ' +
  '4464544c44 0008364100 00007f0000 0041360800 0804081008'

const GLYPHS = COLUMNS.split(' ').map((hex) => [...Buffer.from(hex, 'hex')])

/** Letters outside of that row. */
const MORE = new Map(
  Object.entries({ '°': '0007050700', '€': '143e555541', '£': '487e494142' }).map(([char, hex]) => [
    char,
    [...Buffer.from(hex, 'hex')],
  ]),
)

type Point = readonly [column: number, row: number]
type GlyphLine = readonly [from: Point, to: Point]

/** Letters with marks are written without them. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[−–—‑]/g, '-')
    .replaceAll(/[‘’‚]/g, "'")
    .replaceAll(/[“”„]/g, '"')
    .replaceAll('…', '..')
    .replaceAll(/\s/g, ' ')
}

export function isWritable(text: string): boolean {
  return Array.from(plainText(text)).every((char) => glyphOf(char) !== undefined)
}

export function textColumns(text: string): number {
  return Math.max(0, Array.from(plainText(text)).length * (GLYPH_WIDTH + GAP) - GAP - 1)
}

/** In dots, from the top left of the first letter. */
export function* glyphLines(text: string): Generator<GlyphLine> {
  let left = 0
  for (const char of plainText(text)) {
    yield* linesOf(glyphOf(char) ?? [], left)
    left += GLYPH_WIDTH + GAP
  }
}

function glyphOf(char: string): number[] | undefined {
  return MORE.get(char) ?? GLYPHS[(char.codePointAt(0) ?? 0) - FIRST]
}

function* linesOf(columns: number[], left: number): Generator<GlyphLine> {
  const isOn = (column: number, row: number) => (((columns[column] ?? 0) >> row) & 1) === 1
  const lastInRow = (column: number, row: number): number =>
    isOn(column + 1, row) ? lastInRow(column + 1, row) : column
  const lastInColumn = (column: number, row: number): number =>
    isOn(column, row + 1) ? lastInColumn(column, row + 1) : row
  for (let column = 0; column < GLYPH_WIDTH; column += 1) {
    for (let row = 0; row < GLYPH_HEIGHT; row += 1) {
      if (!isOn(column, row)) continue
      const to = (toColumn: number, toRow: number): GlyphLine => [
        [left + column, row],
        [left + toColumn, toRow],
      ]
      const [right, bottom] = [lastInRow(column, row), lastInColumn(column, row)]
      if (right > column && !isOn(column - 1, row)) yield to(right, row)
      if (bottom > row && !isOn(column, row - 1)) yield to(column, bottom)
      // A slope, and not the corner of two straight lines.
      const isSlope = (down: number) =>
        isOn(column + 1, row + down) && !isOn(column + 1, row) && !isOn(column, row + down)
      if (isSlope(1)) yield to(column + 1, row + 1)
      if (isSlope(-1)) yield to(column + 1, row - 1)
      const hasNeighbours = [-1, 0, 1].some((x) =>
        [-1, 0, 1].some((y) => (x !== 0 || y !== 0) && isOn(column + x, row + y)),
      )
      if (!hasNeighbours) yield to(column, row)
    }
  }
}
