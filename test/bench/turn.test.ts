/** Two benches at once would make each other fail. */
import { expect, test } from 'vitest'
import { takeTurn } from './turn.ts'

const onLinux = process.platform === 'linux'

test.skipIf(!onLinux)(
  'a bench waits for its turn while another has it (names of this kind exist on Linux only)',
  async () => {
    const name = `\0basalt-bench-test-${process.pid}`
    const said: string[] = []
    const first = await takeTurn(0, () => said.push('first waits'), name)
    await expect(takeTurn(0, () => said.push('nobody waits'), name)).rejects.toThrow('another USB bench')
    const second = takeTurn(60_000, () => first.close(), name)
    ;(await second).close()
    expect(said).toEqual([])
  },
)
