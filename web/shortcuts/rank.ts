/** How well a label fits what was typed. 0: not at all. */
export function rank(label: string, typed: string): number {
  const [text, wanted] = [label.toLowerCase(), typed.trim().toLowerCase()]
  if (wanted === '') return 1
  const at = text.indexOf(wanted)
  if (at === 0) return 100
  if (at > 0) return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? 60 : 80
  const words = wanted.split(/\s+/)
  if (words.every((word) => text.includes(word))) return 50
  return isSubsequence(text, wanted.replaceAll(/\s/gu, '')) ? 20 : 0
}

/** Whether the letters are there in their order, the first at the beginning of a word. */
function isSubsequence(text: string, letters: string): boolean {
  const [first = ''] = letters
  const start = text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(first))
  if (!start) return false
  let at = -1
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
