// `npm run doctor`: checks what an endpoint can do, in the ledger of this Tally.
import { ended, findNode, passSignals, start } from './command.mjs'
import { installIfStale } from './install.mjs'

await installIfStale()
const args = ['--disable-warning=ExperimentalWarning', 'scripts/run-doctor.mjs']
const doctor = start(findNode(), 'node', [...args, ...process.argv.slice(2)])
passSignals(doctor)
process.exitCode = await ended(doctor)
