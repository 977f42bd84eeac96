import { expect, test } from 'vitest'
import { find, names, Refusal, show, until } from '../../testing/screen.tsx'
import { ImportSection } from './import-section.tsx'

test('earlier imports that cannot be loaded are announced, and loaded again', async () => {
  let isDown = true
  show(<ImportSection />, () =>
    isDown ? new Refusal('The database is busy.') : { items: [], nextCursor: null },
  )
  await find('[role=alert]', /Earlier imports could not be loaded.*The database is busy/)
  isDown = false
  const retry = await find('button', 'Try again')
  retry.click()
  await until(() => expect(names('[role=alert]')).toEqual([]))
})
