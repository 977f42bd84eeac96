import { visibleText } from '#shared/visible-text.ts'

const ACRONYM = /\b(?:id|url|usd|json|csv|pdf)\b/g

/** The name of a property or schema for a reader: "Order number" for `order_number` or `orderNumber`. */
export function toLabel(name: string): string {
  const words = name
    .replaceAll(
      /([a-z\d])([A-Z])/g,
      (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
    )
    .replaceAll(/[_\s-]+/g, ' ')
    .replaceAll(ACRONYM, (word) => word.toUpperCase())
    .trim()
  return visibleText(words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1))
}
