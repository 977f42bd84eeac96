// Preloaded into a measured process: reports what it has used so far, and the longest block of its event
// loop.
import { LoopWatch } from './loop-watch.mjs'

const loop = new LoopWatch()
const answers = {
  usage: () => {
    const { user, system } = process.cpuUsage()
    return { cpuUs: user + system, ...process.memoryUsage() }
  },
  watchLoop: () => loop.start(),
  longestBlock: () => loop.stop(),
}

process.on('message', ({ id, what }) => {
  if (what in answers) process.send({ id, answer: answers[what]() ?? null })
})
process.on('disconnect', () => process.exit())
// The channel must not keep the process alive.
process.channel?.unref()
