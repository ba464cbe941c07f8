/** One question to the person, with what was answered before at hand. */
import { For, Show } from 'solid-js'
import type { Question } from '#devices/driver.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Field.tsx'
import type { Prepared } from '../../state/createPrepared.ts'
import { texts } from '../../texts/texts.ts'

export interface QuestionFieldProps {
  readonly question: Question
  readonly prepared: Prepared
}

export function QuestionField(props: QuestionFieldProps) {
  const t = texts()
  const id = () => props.question.id
  const others = () => props.prepared.remembered(id()).filter(answer => answer !== props.prepared.answer(id()))
  return (
    <div class="stack-tight">
      <TextField
        label={props.question.label}
        hint={props.question.hint}
        error={props.prepared.problem(props.question)}
        value={props.prepared.answer(id())}
        onInput={text => props.prepared.type(id(), text)}
        onChange={() => props.prepared.leave(id())}
      />
      <Show when={others().length > 0}>
        <p class="row">
          <span class="soft small">{t.read.earlierAnswers}</span>
          <For each={others()}>
            {answer => (
              <Button
                size="small"
                aria-label={t.read.earlierAnswer(props.question.label, answer)}
                onClick={() => props.prepared.type(id(), answer)}
              >
                {answer}
              </Button>
            )}
          </For>
        </p>
      </Show>
    </div>
  )
}
