/** Recent scans: on this device only, names hidden, erasable. */

import { Button, Dialog, EmptyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { tick } from '../clock.ts'
import { eraseRecent, recentScans } from '../counter-state.ts'
import { tc } from '../messages.ts'
import { RecentList } from '../recent-list.tsx'

const DAY = 86_400
/** Asia/Shanghai is 8 hours ahead of UTC all year. */
const SHANGHAI = 8 * 3600

/** The recent scans, newest first. */
export function RecentScreen(): VNode {
  const [asking, setAsking] = useState(false)
  const records = recentScans.value
  if (records.length === 0) {
    return <EmptyScreen title={tc('recent.empty')}>{tc('recent.empty-text')}</EmptyScreen>
  }
  const today = dayOf(tick.value)
  const count = records.filter(({ at }) => dayOf(at) === today).length
  return (
    <div class="stack column">
      <h1>{tc('recent.title')}</h1>
      <p class="hint">{tc('recent.kept', { count })}</p>
      <div class="panel">
        <RecentList records={records} />
      </div>
      <div class="actions">
        <Button kind="danger" onPress={() => setAsking(true)} testId="recent-erase">
          {tc('recent.erase')}
        </Button>
      </div>
      <Dialog
        open={asking}
        title={tc('recent.erase-title')}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{tc('recent.cancel')}</Button>
            <Button
              kind="danger"
              testId="recent-erase-yes"
              onPress={() => {
                setAsking(false)
                void eraseRecent()
              }}
            >
              {tc('recent.erase-yes')}
            </Button>
          </>
        }
      >
        <p>{tc('recent.erase-text', { count: records.length })}</p>
      </Dialog>
    </div>
  )
}

function dayOf(unixSeconds: number): number {
  return Math.floor((unixSeconds + SHANGHAI) / DAY)
}
