// Loaded into a measured process before its own code: tells what it has used so far, and how long its
// event loop was held up at most.
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
// The channel must not keep a process alive that wants to end.
process.channel?.unref()
