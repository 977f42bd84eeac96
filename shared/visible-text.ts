// Makes hidden characters visible in names and titles, which come from models, servers and files. A
// control character can move a terminal's cursor, and a bidirectional one can make `exe.txt` look like
// `txt.exe`. Applies to every such text outside of a message.

/** Does not include line breaks and tabs. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}]/u

/** Tag characters are hidden too, except in the region code of a flag emoji. */
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/u

const FLAG_OR_HIDDEN = new RegExp(`${FLAG.source}|${HIDDEN.source}`, 'gu')

/** Replaces every control and bidirectional character with a visible mark. */
export function visibleText(text: string): string {
  return text.replace(FLAG_OR_HIDDEN, (found) => (FLAG.test(found) ? found : toMark(found)))
}

const CONTROL_PICTURES = 0x2400
const DELETE_PICTURE = '\u2421'

function toMark(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code)
  if (code === 0x7f) return DELETE_PICTURE
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
