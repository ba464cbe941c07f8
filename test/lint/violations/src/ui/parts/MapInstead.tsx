// Reported: prefer-for
export function Part(props: { readonly names: readonly string[] }) {
  return <ul>{props.names.map(name => <li>{name}</li>)}</ul>
}
