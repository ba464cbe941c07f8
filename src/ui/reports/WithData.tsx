/** What stands in a report's place when nothing is stored at all: why there is none, and the ways to data. */
import { type JSX, Show } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import { Answered } from '../parts/Answered.tsx'
import { ButtonLink } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import type { Answer } from '../state/createAnswer.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts

export interface WithDataProps {
  readonly lastDay: Answer<DeviceDay | undefined>
  /** The days are known even without a last day with data, because the address names them. */
  readonly known: boolean
  readonly children: JSX.Element
}

/** The report; or, when nothing is stored at all, why there is none and the ways to data. */
export function WithData(props: WithDataProps) {
  return (
    <Show when={!props.known} fallback={props.children}>
      <Answered of={props.lastDay} skeleton={<Skeleton blocks={3} />}>
        {() => (
          <Empty
            title={t.empty.title}
            text={t.empty.text}
            actions={
              <>
                <ButtonLink look="primary" href="/read">
                  {t.empty.read}
                </ButtonLink>
                <ButtonLink href="/import">{t.empty.import}</ButtonLink>
              </>
            }
          />
        )}
      </Answered>
    </Show>
  )
}
