import { fileURLToPath } from 'node:url'
import { statSync } from 'node:fs'
import { generatedFolder } from './folder.mjs'
import { fillWithMessages } from './million-messages.mjs'
console.time('fill')
const f = await generatedFolder(
  'messages',
  fileURLToPath(new URL('./million-messages.mjs', import.meta.url)),
  fillWithMessages,
)
console.timeEnd('fill')
console.log(f, statSync(f + '/tally.db').size)
