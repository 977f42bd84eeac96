import { openScene } from './scene.mjs'
const [streams = 20, seconds = 4, ...kinds] = process.argv.slice(2)
const scene = await openScene()
try {
  const pipe = await scene.startPipe()
  for (const kind of kinds) {
    const [k, api = 'responses'] = kind.split(':')
    const server =
      k === 'direct'
        ? scene.direct
        : k === 'pipe'
          ? pipe
          : await scene.startTally(api, process.env.FLAGS?.split(' ') ?? [])
    const w = await scene.window(server, {
      streams: Number(streams),
      seconds: Number(seconds),
      api,
    })
    console.log(kind, w)
  }
} finally {
  await scene.close()
}
