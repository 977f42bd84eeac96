// A long answer that is always the same: headings, nested lists, tables, code in ten languages, inline
// marks and links, cut into tokens of three to four characters.
const words =
  'the of and to in is that for it as with on be at by this from or an which but not are each can more when one all has there been if would who so no out up into than them some could time these two may then do first any now such like over also back after use how our work well way even new want because those give most'.split(
    ' ',
  )

const code = {
  ts: [
    'export async function load(id: string): Promise<Item | null> {',
    '  const found = await store.get(id) // may be missing',
    '  return found ?? null',
    '}',
  ],
  python: [
    'def mean(values: list[float]) -> float:',
    '    """The middle, roughly."""',
    '    return sum(values) / len(values)  # not empty',
  ],
  go: [
    'func Sum(xs []int) (total int) {',
    '\tfor _, x := range xs {',
    '\t\ttotal += x',
    '\t}',
    '\treturn',
    '}',
  ],
  rust: [
    'fn parse(input: &str) -> Result<u32, Error> {',
    '    let n = input.trim().parse::<u32>()?;',
    '    Ok(n * 2)',
    '}',
  ],
  sql: [
    'select u.id, count(*) as orders',
    'from users u join orders o on o.user_id = u.id',
    "where o.state = 'paid' group by u.id;",
  ],
  bash: ['for file in *.log; do', '  grep -c "error" "$file" | sort -n', 'done'],
  json: ['{', '  "name": "tally",', '  "tags": ["one", "two"],', '  "count": 42', '}'],
  css: ['.card {', '  display: grid;', '  gap: 1rem;', '}'],
  java: [
    'public record Point(int x, int y) {',
    '  public double length() {',
    '    return Math.sqrt(x * x + y * y);',
    '  }',
    '}',
  ],
  yaml: ['services:', '  web:', '    image: "tally:1"', '    ports: [8787]'],
}

export function random(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function answer(seed, tokens) {
  const next = random(seed)
  const pick = (list) => list[Math.floor(next() * list.length)]
  const phrase = (length) => Array.from({ length }, () => marked(pick(words), next)).join(' ')
  const sections = []
  let length = 0
  for (let index = 0; length < tokens * 3.6; index += 1) {
    const section = sectionOf(index, next, phrase)
    sections.push(section)
    length += section.length
  }
  return cut(sections.join(''), next).slice(0, tokens)
}

function marked(word, next) {
  const dice = next()
  if (dice < 0.03) return `**${word}**`
  if (dice < 0.05) return `*${word}*`
  if (dice < 0.08) return `\`${word}\``
  if (dice < 0.09) return `[${word}](https://example.org/${word})`
  if (dice < 0.095) return `E = mc^2`
  return dice < 0.16 ? `${word},` : word
}

const languages = Object.keys(code)

function sectionOf(index, next, phrase) {
  const sentence = () => `${phrase(6 + Math.floor(next() * 14))}. `
  const paragraph = () => `${sentence()}${sentence()}${sentence()}\n\n`
  const language = languages[Math.floor(index / 4) % languages.length]
  const kinds = [
    () => `- ${phrase(8)}\n- ${phrase(10)}\n  - ${phrase(6)}\n  - ${phrase(7)}\n- ${phrase(9)}\n\n`,
    () => `\`\`\`${language}\n${repeated(code[language], 3 + Math.floor(next() * 4))}\n\`\`\`\n\n`,
    () => `| ${phrase(2)} | ${phrase(1)} | ${phrase(2)} |\n|---|:-:|--:|\n${rows(phrase, 4)}\n`,
    () => `1. ${phrase(9)}\n2. ${phrase(11)}\n3. ${phrase(8)}\n\n> ${phrase(14)}\n\n`,
  ]
  return `## ${phrase(4)}\n\n${paragraph()}${kinds[index % kinds.length]()}${paragraph()}`
}

function repeated(lines, times) {
  return Array.from({ length: times }, () => lines.join('\n')).join('\n')
}

function rows(phrase, count) {
  return Array.from(
    { length: count },
    () => `| ${phrase(3)} | ${phrase(1)} | ${phrase(2)} |\n`,
  ).join('')
}

/** Splits a text into pieces of words, each with its leading space, as models write them. */
export function cut(text, next) {
  const pieces = []
  for (let at = 0; at < text.length;) {
    const length = 2 + Math.floor(next() * 4)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}
