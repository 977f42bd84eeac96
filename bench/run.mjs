// Runs every bench (`*.bench.mjs` beside this file) and prints one table. A bench exports
// `measure(wants)`, an async generator of lines {id, what, ratio, target, holds}; `wants(id)` tells
// whether a target was requested. `node bench/run.mjs T1 T3` measures only those.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'

const here = import.meta.dirname
const asked = process.argv.slice(2)
const wants = (id) => asked.length === 0 || asked.some((name) => id === name)

if (!existsSync(join(here, 'node_modules'))) {
  console.log('Installing what Tally is compared with…')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync(npm, args, { stdio: 'inherit', shell: process.platform === 'win32' })
}

const lines = []
for (const name of readdirSync(here).filter((file) => file.endsWith('.bench.mjs'))) {
  const { measure } = await import(join(here, name))
  try {
    for await (const line of measure(wants)) tell(line)
  } catch (error) {
    tell({ id: '-', what: `${name}: ${error.message}`, ratio: '-', target: '-', holds: false })
  }
}

console.log(
  `\n${row({ id: 'id', what: 'what', ratio: 'ratio', target: 'target', holds: 'holds' })}`,
)
for (const line of lines) console.log(row(line))
process.exitCode = lines.every(({ holds }) => holds) ? 0 : 1

function tell(line) {
  lines.push(line)
  console.log(row(line))
}

function row({ id, what, ratio, target, holds }) {
  const answer = typeof holds === 'boolean' ? (holds ? 'yes' : 'NO') : holds
  const number = typeof ratio === 'number' ? ratio.toFixed(2) : ratio
  return [id.padEnd(4), what.padEnd(84), number.padStart(16), target.padStart(14), answer].join(
    '  ',
  )
}
