// Reported: event-handlers
export function Part(props: { readonly onUse: () => void }) {
  return <button onclick={() => props.onUse()}>Use</button>
}
