import './spend-tones.css'

/** Strokes of an 8 px tile, laid over a tone: none, stripes, dots, lines, grid, columns, waves. */
const TEXTURES = [
  '',
  'M-2 2 2-2M0 8 8 0M6 10 10 6',
  'M1 2h2M5 6h2',
  'M0 2h8M0 6h8',
  'M4 0v8M0 4h8',
  'M2 0v8M6 0v8',
  'M0 4 2 2 6 6 8 4',
]
const REST = TEXTURES.length - 1

/** The definitions of the textures. Render them once per page. */
export function SpendTextures() {
  return (
    <defs>
      {TEXTURES.map((path, index) => (
        <pattern
          key={path}
          id={`spend-${index}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
        >
          <path d={path} className="fill-none stroke-surface" strokeWidth="1.5" />
        </pattern>
      ))}
    </defs>
  )
}

/** The class of the tone for an index in the legend; −1 and indexes past the last tone share one. */
export function spendTone(index: number): string {
  return `spend-${tone(index)}`
}

/** The fill that lays the texture of an index over its tone. */
export function spendTexture(index: number): string {
  return `url(#spend-${tone(index)})`
}

function tone(index: number): number {
  return index < 0 ? REST : Math.min(index, REST)
}

export function Swatch({ index, textured }: { index: number; textured: boolean }) {
  return (
    <svg aria-hidden className={`size-3 shrink-0 ${spendTone(index)}`}>
      <rect width="12" height="12" rx="3" fill="currentColor" />
      {textured && <rect width="12" height="12" rx="3" fill={spendTexture(index)} />}
    </svg>
  )
}
