// T16: what a streamed token costs the server if an agent with ten tools has given the work to a nested run,
// against an agent without tools. One server runs both in turn, and only measurements of the same round are
// compared.
import { median, openScene } from './server/scene.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const STREAMS = Number(process.env.BENCH_STREAMS ?? 200)
const MAX_RATIO = 1.2

export async function* measure(wants) {
  if (!wants('T16')) return
  const scene = await openScene()
  try {
    for (const api of ['responses', 'chat_completions']) yield await measureApi(scene, api)
  } finally {
    await scene.close()
  }
}

async function measureApi(scene, api) {
  const tally = await scene.startTeam(api)
  const window = (agent, seconds) => scene.window(tally, { streams: STREAMS, seconds, api, agent })
  // A process compiles code during its first seconds.
  for (const agent of ['plain', 'boss']) await window(agent, 4)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ plain: await window('plain', SECONDS), boss: await window('boss', SECONDS) })
  }
  await tally.stop()
  if (process.env.BENCH_DEBUG) console.dir(rounds, { depth: null })
  const costs = (name) => median(rounds.map((round) => round[name].usPerToken)).toFixed(1)
  const ratio = median(rounds.map(({ boss, plain }) => boss.usPerToken / plain.usPerToken))
  const what = `CPU per token, ten tools and a nested run, ${api}: ${costs('boss')} µs / none ${costs('plain')} µs`
  return { id: 'T16', what, ratio, target: `<= ${MAX_RATIO}`, holds: ratio <= MAX_RATIO }
}
