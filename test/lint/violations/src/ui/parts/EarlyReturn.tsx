// Reported: components-return-once, reactivity
export function Part(props: { readonly ready: boolean }) {
  if (!props.ready) return null
  return <p>ready</p>
}
