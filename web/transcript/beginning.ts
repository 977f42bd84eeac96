const LINES = 8
const CHARS = 800
/** A text this little longer is shown whole: folding it would hide less than the button takes. */
const SPARE = 1.3

/** The first lines of a text, or all of it when it is short. */
export function beginning(text: string): string {
  const lines = text.split('\n', Math.ceil(LINES * SPARE) + 1)
  if (lines.length <= LINES * SPARE && text.length <= CHARS * SPARE) return text
  return lines.slice(0, LINES).join('\n').slice(0, CHARS)
}
