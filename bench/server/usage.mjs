// Loaded into a measured process before its own code: tells what it has used so far.
process.on('message', ({ id, what }) => {
  if (what !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send({ id, answer: { cpuUs: user + system, ...process.memoryUsage() } })
})
process.on('disconnect', () => process.exit())
// The channel must not keep a process alive that wants to end.
process.channel?.unref()
