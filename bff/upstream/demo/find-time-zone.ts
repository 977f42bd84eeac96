// "in Tokyo", "in New York": the time zone that is named after the place.
const ALIASES: Record<string, string> = {
  utc: 'UTC',
  gmt: 'UTC',
  california: 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  washington: 'America/New_York',
  boston: 'America/New_York',
  miami: 'America/New_York',
  germany: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  france: 'Europe/Paris',
  spain: 'Europe/Madrid',
  barcelona: 'Europe/Madrid',
  italy: 'Europe/Rome',
  milan: 'Europe/Rome',
  england: 'Europe/London',
  uk: 'Europe/London',
  norway: 'Europe/Oslo',
  bergen: 'Europe/Oslo',
  japan: 'Asia/Tokyo',
  osaka: 'Asia/Tokyo',
  china: 'Asia/Shanghai',
  beijing: 'Asia/Shanghai',
  india: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
}

/** Returns null if no known place is named. */
export function findTimeZone(question: string): string | null {
  const text = question.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')
  const alias = Object.keys(ALIASES).find((name) => hasWord(text, name))
  if (alias !== undefined) return ALIASES[alias] ?? null
  return Intl.supportedValuesOf('timeZone').find((zone) => hasWord(text, cityOf(zone))) ?? null
}

function cityOf(zone: string): string {
  return zone
    .slice(zone.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase()
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word)
  if (at < 0) return false
  const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
  return /^[^\p{L}]{2}$/u.test(around)
}
