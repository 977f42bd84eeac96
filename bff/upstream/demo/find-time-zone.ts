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

/** In the order of the question; each once. */
export function findTimeZones(question: string): string[] {
  const text = question.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')
  const cities = Intl.supportedValuesOf('timeZone').map((zone) => [cityOf(zone), zone] as const)
  const named = [...Object.entries(ALIASES), ...cities].flatMap(([name, zone]) => {
    const at = wordAt(text, name)
    return at < 0 ? [] : [{ at, name, zone }]
  })
  const inOrder = named.toSorted((a, b) => a.at - b.at || b.name.length - a.name.length)
  return [...new Set(inOrder.map(({ zone }) => zone))]
}

function cityOf(zone: string): string {
  return zone
    .slice(zone.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase()
}

/** -1 if the text does not have it. */
function wordAt(text: string, word: string): number {
  const at = text.indexOf(word)
  if (at < 0) return -1
  const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
  return /^[^\p{L}]{2}$/u.test(around) ? at : -1
}
