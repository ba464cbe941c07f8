/** A labelled control with its hint and its complaint, tied together for screen readers. */
import { createUniqueId, type JSX, Show } from 'solid-js'

export interface FieldIds {
  readonly id: string
  /** For `aria-describedby`; undefined when there is neither hint nor complaint. */
  readonly describedBy: () => string | undefined
}

export interface FieldProps {
  readonly label: JSX.Element
  readonly hint?: JSX.Element
  readonly error?: string | undefined
  /** Label for screen readers only. */
  readonly labelHidden?: boolean
  readonly children: (ids: FieldIds) => JSX.Element
}

export function Field(props: FieldProps) {
  const id = createUniqueId()
  const describedBy = () =>
    [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  return (
    <div class="field">
      <label for={id} class="field-label" classList={{ 'visually-hidden': props.labelHidden ?? false }}>
        {props.label}
      </label>
      {props.children({ id, describedBy })}
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="field-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  )
}

export interface TextFieldProps {
  readonly label: JSX.Element
  readonly hint?: JSX.Element
  readonly error?: string | undefined
  readonly labelHidden?: boolean
  readonly value: string
  readonly type?: 'text' | 'search' | 'date'
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'search'
  readonly autocomplete?: string
  readonly placeholder?: string
  readonly maxLength?: number
  readonly min?: string
  readonly max?: string
  readonly class?: string
  /** Follows the input, shown behind it. */
  readonly unit?: string
  /** On every keystroke. */
  readonly onInput?: (value: string) => void
  /** When the person has finished with it. */
  readonly onChange?: (value: string) => void
}

export function TextField(props: TextFieldProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} labelHidden={props.labelHidden ?? false}>
      {ids => (
        <span class="input-unit">
          <input
            id={ids.id}
            class={`input ${props.class ?? ''}`}
            type={props.type ?? 'text'}
            inputMode={props.inputMode}
            autocomplete={props.autocomplete ?? 'off'}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            min={props.min}
            max={props.max}
            value={props.value}
            aria-describedby={ids.describedBy()}
            aria-invalid={props.error ? 'true' : undefined}
            onInput={event => props.onInput?.(event.currentTarget.value)}
            onChange={event => props.onChange?.(event.currentTarget.value)}
          />
          <Show when={props.unit}>
            <span>{props.unit}</span>
          </Show>
        </span>
      )}
    </Field>
  )
}
