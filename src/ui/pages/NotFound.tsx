/** An address that leads nowhere. */
import { ButtonLink } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { texts } from '../texts/texts.ts'

export function NotFound() {
  const t = texts()
  return (
    <>
      <PageHead title={t.frame.notFoundTitle} />
      <Empty title={t.frame.notFound} actions={<ButtonLink href="/">{t.actions.home}</ButtonLink>} />
    </>
  )
}
